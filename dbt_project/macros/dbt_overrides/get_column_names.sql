{#- dbt-duckdb's list of a contract's columns, quoted: one of ours is named by a reserved word (requirements: a-column-named-when). -#}
{% macro get_column_names() -%}
  (
  {%- for column in model['columns'].values() %}
    {{ adapter.quote(column['name']) }}{{ ',' if not loop.last }}
  {%- endfor %}
  )
{%- endmacro %}
