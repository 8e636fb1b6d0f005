{#- A day given as a var, or a typed null; the plugin workspace has checked it. -#}
{% macro day_or_null(name) -%}
  {%- set value = var(name, none) -%}
  {{ 'null::date' if value is none else "date '" ~ value ~ "'" }}
{%- endmacro %}
