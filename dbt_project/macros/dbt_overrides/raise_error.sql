{#- An expression that fails the build with a message, given as an SQL expression. -#}
{% macro raise_error(message) -%}
  error({{ message }})
{%- endmacro %}
