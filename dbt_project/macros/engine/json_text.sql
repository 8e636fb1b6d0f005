{% macro json_text(map) -%}
  {{ adapter.dispatch('json_text')(map) }}
{%- endmacro %}

{% macro default__json_text(map) -%}
  to_json({{ map }})
{%- endmacro %}

{% macro spark__json_text(map) -%}
  to_json({{ map }})
{%- endmacro %}
