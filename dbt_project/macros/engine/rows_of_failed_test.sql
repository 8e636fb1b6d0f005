{#- The rows that a failed test has found, with the first row that breaks each rule (macro shows_rows); `results` are those of the run. -#}
{% macro rows_of_failed_test(test, results) -%}
  {{ return(adapter.dispatch('rows_of_failed_test')(test, results)) }}
{%- endmacro %}

{% macro default__rows_of_failed_test(test, results) -%}
  {%- set query = test.compiled_code | replace('from rule_counts.', 'from ' ~ adapter.quote(target.database) ~ '.') -%}
  {{ return(run_query('set variable shows_rows = true; ' ~ query)) }}
{%- endmacro %}

{#- Rules are tables there, which name no rows: what this run has made of a model is read as its select, with the switch on. -#}
{% macro spark__rows_of_failed_test(test, results) -%}
  {%- set query = namespace(text=test.compiled_code) -%}
  {%- for result in results if result.node.unique_id in test.depends_on.nodes and '/* shows_rows */' in (result.node.compiled_code or '') -%}
    {%- set named = result.node.compiled_code | replace('/* shows_rows */ false', 'true') -%}
    {%- set query.text = query.text | replace('from ' ~ result.node.relation_name, 'from (' ~ named ~ ') as rules') -%}
  {%- endfor -%}
  {{ return(run_query(query.text)) }}
{%- endmacro %}
