{#- dbt asks information_schema, which looks at every relation there is; a default build asks two hundred times. -#}
{% macro duckdb__get_columns_in_relation(relation) -%}
  {% call statement('columns', fetch_result=True) %}
    select
      name as column_name,
      type as data_type,
      null as character_maximum_length,
      null as numeric_precision,
      null as numeric_scale
    from pragma_table_info('{{ relation.include(database=relation.database is not none) | string | replace("'", "''") }}')
    order by cid
  {% endcall %}
  {{ return(sql_convert_columns_in_relation(load_result('columns').table)) }}
{%- endmacro %}
