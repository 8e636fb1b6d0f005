{% macro struct_of(fields) -%}
  {{ adapter.dispatch('struct_of')(fields) }}
{%- endmacro %}

{% macro default__struct_of(fields) -%}
  { {%- for name, value in fields.items() %}'{{ name }}': {{ value }}{{ ', ' if not loop.last }}{% endfor -%} }
{%- endmacro %}

{% macro spark__struct_of(fields) -%}
  struct({% for name, value in fields.items() %}{{ value }} as {{ name }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}
