{#- A row count given as a var, checked, or a typed null. The most is ten times the largest set that was ever built. -#}
{% macro var_or_null(name) -%}
  {%- set value = var(name, none) -%}
  {%- if value is none -%} null::bigint
  {%- elif value is number and value is not boolean and 0 <= value <= 1000000000 and value == value | int -%} {{ value | int }}::bigint
  {%- else -%} {% do exceptions.raise_compiler_error("var " ~ name ~ " must be a whole number, 0 or more and at most 1000000000. Got " ~ value) %}
  {%- endif -%}
{%- endmacro %}
