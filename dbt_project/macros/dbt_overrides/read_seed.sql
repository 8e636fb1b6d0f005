{#- Columns of a seed's rows, in order, looked up when a model is compiled: in the seed's file where the seed has not been loaded. No rows while dbt parses. -#}
{% macro read_seed(name, columns, condition='true') -%}
  {%- set relation = ref(name) -%}
  {%- if not execute -%}{{ return([]) }}{%- endif -%}
  {%- set seed = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | selectattr('name', 'equalto', name) | first -%}
  {%- set place = relation if load_relation(relation) else seed_rows(name, seed.config.column_types) -%}
  {{ return(run_query('select ' ~ columns ~ ' from ' ~ place ~ ' where ' ~ condition ~ ' order by all').rows) }}
{%- endmacro %}
