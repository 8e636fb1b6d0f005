{#- An expression that fails the build with a message, given as an SQL expression. -#}
{% macro stop(message) -%}
  error({{ message }})
{%- endmacro %}
