{#- A row count given as a var, checked, or a typed null. -#}
{% macro var_or_null(name) -%}
  {%- set value = var(name, none) -%}
  {%- if value is none -%} null::bigint
  {%- elif value is number and value >= 0 and value == value | int -%} {{ value }}::bigint
  {%- else -%} {% do exceptions.raise_compiler_error("var " ~ name ~ " must be a whole number, 0 or more. Got " ~ value) %}
  {%- endif -%}
{%- endmacro %}
