{#-
  Drops, before a build, the tables and views that the project no longer has: dbt never does, and the export publishes the whole working database.
  Whatever else a person wants to keep belongs into a database of its own.
-#}
{% macro drop_unknown_relations() -%}
  {{ adapter.dispatch('drop_unknown_relations')() }}
{%- endmacro %}

{% macro default__drop_unknown_relations() %}
  {%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- set known = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
      {%- do known.append(node.schema ~ '.' ~ node.alias) -%}
    {%- endfor -%}
    {%- set found = run_query(
      "select schema_name, view_name as name, 'view' as kind from duckdb_views() where database_name = current_database() and not internal"
      " union all select schema_name, table_name, 'table' from duckdb_tables() where database_name = current_database() and not internal"
      " order by all"
    ) -%}
    {%- for row in found.rows if row['schema_name'] ~ '.' ~ row['name'] not in known -%}
      {%- do run_query('drop ' ~ row['kind'] ~ ' "' ~ row['schema_name'] ~ '"."' ~ row['name'] ~ '"') -%}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}

{#- A catalog is its owner's: whatever else it holds stays. -#}
{% macro spark__drop_unknown_relations() -%}{%- endmacro %}
