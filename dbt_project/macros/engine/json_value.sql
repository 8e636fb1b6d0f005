{% macro json_value(json, name) -%}
  {{ adapter.dispatch('json_value')(json, name) }}
{%- endmacro %}

{% macro default__json_value(json, name) -%}
  {{ json }} ->> '$.{{ name }}'
{%- endmacro %}

{% macro spark__json_value(json, name) -%}
  get_json_object({{ json }}, '$.{{ name }}')
{%- endmacro %}
