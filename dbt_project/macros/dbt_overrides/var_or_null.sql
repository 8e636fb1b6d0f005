{#- A row count given as a var, or a typed null; the plugin workspace has checked it. -#}
{% macro var_or_null(name) -%}
  {%- set value = var(name, none) -%}
  {{ 'null' if value is none else value | int }}::bigint
{%- endmacro %}
