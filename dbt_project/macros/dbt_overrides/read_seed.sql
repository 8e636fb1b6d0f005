{#- Columns of a seed's rows, in order, looked up when a model is compiled: in the seed's file where the seed has not been loaded. No rows while dbt parses. -#}
{% macro read_seed(name, columns, condition='true') -%}
  {%- set relation = ref(name) -%}
  {%- if not execute -%}{{ return([]) }}{%- endif -%}
  {#- A model may ask for a seed once a column. A stored result is given out once, and so stored again. -#}
  {%- set key = [name, columns, condition] | join(' ') -%}
  {%- set known = load_result(key) -%}
  {%- if known -%}
    {%- set table = known.table -%}
  {%- else -%}
    {%- set seed = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | selectattr('name', 'equalto', name) | first -%}
    {%- set place = relation if load_relation(relation) else seed_rows(name, seed.config.column_types) -%}
    {%- set table = run_query('select ' ~ columns ~ ' from ' ~ place ~ ' where ' ~ condition ~ ' order by all') -%}
  {%- endif -%}
  {%- do store_result(key, response='OK', agate_table=table) -%}
  {{ return(table.rows) }}
{%- endmacro %}
