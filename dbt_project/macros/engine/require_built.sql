{#- Stops a command that is to build or test a part whose other parts nobody has built: one line instead of one error a model. -#}
{% macro require_built() -%}
  {{ adapter.dispatch('require_built')() }}
{%- endmacro %}

{% macro default__require_built() %}
  {% if execute %}
    {% set built = run_query("select schema_name || '.' || table_name from duckdb_tables() union all select schema_name || '.' || view_name from duckdb_views()").columns[0].values() %}
    {% set missing = [] %}
    {% for name in names_of_unselected_parents() if name not in built %}{% do missing.append(name) %}{% endfor %}
    {% if missing %}
      {% do exceptions.raise_compiler_error(missing | first ~ ' has not been built, and what was asked for reads it. Run: dbt build') %}
    {% endif %}
  {% endif %}
{% endmacro %}

{#- The catalog of a session ends with the command; that of a metastore may hold the rest. -#}
{% macro spark__require_built() -%}
  {%- if execute and flags.WHICH in ('build', 'run', 'test') -%}
    {%- set missing = [] -%}
    {%- for name in names_of_unselected_parents() -%}
      {%- set schema, _, identifier = name.partition('.') -%}
      {%- if not missing and not adapter.get_relation(database=none, schema=schema, identifier=identifier) -%}{%- do missing.append(name) -%}{%- endif -%}
    {%- endfor -%}
    {%- if missing -%}
      {%- do exceptions.raise_compiler_error(
        missing | first ~ ' is not built by this command, and what was asked for reads it. Build all: dbt build --target spark; or leave out the tests that read more: '
        ~ '--indirect-selection buildable'
      ) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}

{#- Schema and name of each model or seed that something selected reads and that is not selected itself, in order. -#}
{% macro names_of_unselected_parents() -%}
  {%- set names = [] -%}
  {%- for key in selected_resources -%}
    {%- set node = graph.nodes.get(key) or graph.get('unit_tests', {}).get(key) or {} -%}
    {%- for parent_key in node.get('depends_on', {}).get('nodes', []) if parent_key not in selected_resources -%}
      {%- set parent = graph.nodes.get(parent_key) -%}
      {%- if parent and parent.resource_type in ('model', 'seed') -%}{%- do names.append(parent.schema ~ '.' ~ parent.alias) -%}{%- endif -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(names | unique | sort) }}
{%- endmacro %}
