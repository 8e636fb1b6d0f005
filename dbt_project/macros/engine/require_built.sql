{#- Stops a command that is to build or test a part whose other parts nobody has built: one line instead of one error a model. -#}
{% macro require_built() -%}
  {{ adapter.dispatch('require_built')() }}
{%- endmacro %}

{% macro default__require_built() %}
  {% if execute %}
    {% set built = run_query("select schema_name || '.' || table_name from duckdb_tables() union all select schema_name || '.' || view_name from duckdb_views()").columns[0].values() %}
    {% set missing = [] %}
    {% for key in selected_resources %}
      {% set node = graph.nodes.get(key) or graph.get('unit_tests', {}).get(key) or {} %}
      {% for parent_key in node.get('depends_on', {}).get('nodes', []) if parent_key not in selected_resources %}
        {% set parent = graph.nodes.get(parent_key) %}
        {% if parent and parent.resource_type in ('model', 'seed') and parent.schema ~ '.' ~ parent.alias not in built %}
          {% do missing.append(parent.schema ~ '.' ~ parent.alias) %}
        {% endif %}
      {% endfor %}
    {% endfor %}
    {% if missing %}
      {% do exceptions.raise_compiler_error(missing | sort | first ~ ' has not been built, and what was asked for reads it. Run: dbt build') %}
    {% endif %}
  {% endif %}
{% endmacro %}

{#- The catalog of a session ends with the command, and so parts are built of what the same command builds. -#}
{% macro spark__require_built() -%}{%- endmacro %}
