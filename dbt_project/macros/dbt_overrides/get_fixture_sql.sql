{#- The rows given to a unit test, as a select. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
  {{ return(adapter.dispatch('get_fixture_sql')(rows, column_name_to_data_types)) }}
{%- endmacro %}

{% macro default__get_fixture_sql(rows, column_name_to_data_types) -%}
  {{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}
{%- endmacro %}

{#- dbt's own has a select for each row. Spark plans a fixture anew at each place that reads it, and there may be hundreds: one relation of values stays one. -#}
{% macro spark__get_fixture_sql(rows, column_name_to_data_types) -%}
  {%- set types = column_name_to_data_types or {} -%}
  {%- if not types -%}
    {%- for column in adapter.get_columns_in_relation(this) -%}{%- do types.update({column.name | lower: column.data_type}) -%}{%- endfor -%}
  {%- endif -%}
  {%- if not types -%}{%- do exceptions.raise_compiler_error(this ~ ' has not been built, whose columns a unit test needs. Build all: dbt build --target spark') -%}{%- endif -%}
  {{ return(rows_as_values(rows, types)) }}
{%- endmacro %}

{#- Rows of YAML as a select of one relation of values; `types` are those of its columns by name. -#}
{% macro rows_as_values(rows, types) -%}
  {%- set lines = [] -%}
  {%- for row in rows or [{}] -%}
    {%- set given = format_row(row, types) -%}
    {%- set values = [] -%}
    {%- for name, type in types.items() -%}{%- do values.append(given.get(name) or safe_cast('null', type)) -%}{%- endfor -%}
    {%- do lines.append('(' ~ values | join(', ') ~ ')') -%}
  {%- endfor -%}
  select * from values {{ lines | join(', ') }} as given (`{{ types | join('`, `') }}`){{ ' limit 0' if not rows }}
{%- endmacro %}
