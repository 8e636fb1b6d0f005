{% macro map_by_name(fields) -%}
  {{ adapter.dispatch('map_by_name')(fields) }}
{%- endmacro %}

{% macro default__map_by_name(fields) -%}
  map { {%- for name, value in fields.items() %}'{{ name }}': {{ value }}{{ ', ' if not loop.last }}{% endfor -%} }
{%- endmacro %}

{% macro spark__map_by_name(fields) -%}
  map({% for name, value in fields.items() %}'{{ name }}', {{ value }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}
