{#-
  The rows given to a unit test, as a select of one relation of values. dbt's own has a select for each row, and a context of its own for each question after
  columns; Spark plans a fixture anew at each place that reads it, and there may be hundreds.
-#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
  {%- set types = column_name_to_data_types or {} -%}
  {%- if not types -%}
    {%- for column in columns_of_input() -%}{%- do types.update({column.name | lower: column.data_type}) -%}{%- endfor -%}
  {%- endif -%}
  {%- if not types -%}
    {%- do exceptions.raise_compiler_error(this ~ ' has not been built, whose columns a unit test needs. Build all: dbt build' ~ (' --target spark' if target.type == 'spark')) -%}
  {%- endif -%}
  {{ return(rows_as_values(rows, types)) }}
{%- endmacro %}

{% macro columns_of_input() -%}
  {{ return(adapter.dispatch('columns_of_input')()) }}
{%- endmacro %}

{% macro default__columns_of_input() -%}
  {{ return(duckdb__get_columns_in_relation(defer_relation if defer_relation and not load_relation(this) else this)) }}
{%- endmacro %}

{% macro spark__columns_of_input() -%}
  {{ return(adapter.get_columns_in_relation(this)) }}
{%- endmacro %}

{#- Rows of YAML as a select of one relation of values; `types` are those of its columns by name. -#}
{% macro rows_as_values(rows, types) -%}
  {%- set lines, names, nulls = [], [], {} -%}
  {%- for name, type in types.items() -%}
    {%- do names.append(adapter.quote(name)) -%}
    {%- do nulls.update({name: safe_cast('null', type)}) -%}
  {%- endfor -%}
  {%- for row in rows or [{}] -%}
    {%- set given = format_row(row, types) -%}
    {%- set values = [] -%}
    {%- for name in types -%}{%- do values.append(given.get(name) or nulls[name]) -%}{%- endfor -%}
    {%- do lines.append('(' ~ values | join(', ') ~ ')') -%}
  {%- endfor -%}
  select * from (values {{ lines | join(', ') }}) as given ({{ names | join(', ') }}){{ ' limit 0' if not rows }}
{%- endmacro %}
