{#- What a contract compares a model with: dbt's own would cast to types that only one engine knows. -#}
{% macro spark__get_empty_schema_sql(columns) -%}
  select
  {%- for column in columns.values() %}
    cast(null as {{ engine_type(column['data_type']) }}) as {{ adapter.quote(column['name']) }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}
