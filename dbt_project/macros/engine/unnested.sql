{% macro unnested(list) -%}
  {{ adapter.dispatch('unnested')(list) }}
{%- endmacro %}

{% macro default__unnested(list) -%}
  unnest({{ list }})
{%- endmacro %}

{% macro spark__unnested(list) -%}
  explode({{ list }})
{%- endmacro %}
