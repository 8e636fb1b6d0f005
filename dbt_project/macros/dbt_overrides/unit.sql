{#-
  A unit test. dbt's own asks for the columns of the result by a temporary table or view: on DuckDB four more statements, and Spark writes out each CTE wherever
  it is read before it knows any column: of a model with a long chain of CTEs, minutes. A description of the query leaves them as they are.
-#}
{% macro run_unit_test(description) -%}
  {%- set types = {} -%}
  {%- for row in run_query(description).rows -%}{%- do types.update({row[0] | lower: row[1]}) -%}{%- endfor -%}
  {%- set rows = config.get('expected_rows') -%}
  {%- set tested, names = {}, [] -%}
  {%- for name in (rows[0] if rows else types) if name | lower in types -%}
    {%- do tested.update({name | lower: types[name | lower]}) -%}
    {%- do names.append(adapter.quote(name | lower)) -%}
  {%- endfor -%}
  {% call statement('main', fetch_result=True) -%}
    {{ get_unit_test_sql(sql, config.get('expected_sql') or rows_as_values(rows, tested), names) }}
  {%- endcall %}
  {{ return({'relations': []}) }}
{%- endmacro %}

{% materialization unit, adapter='duckdb' %}
  {{ return(run_unit_test('describe (' ~ sql ~ ')')) }}
{% endmaterialization %}

{% materialization unit, adapter='spark' %}
  {{ return(run_unit_test('describe query ' ~ sql)) }}
{% endmaterialization %}
