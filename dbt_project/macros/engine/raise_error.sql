{#- An expression that fails the build with a message, given as an SQL expression. -#}
{% macro raise_error(message) -%}
  {{ adapter.dispatch('raise_error')(message) }}
{%- endmacro %}

{% macro default__raise_error(message) -%}
  error({{ message }})
{%- endmacro %}

{% macro spark__raise_error(message) -%}
  raise_error({{ message }})
{%- endmacro %}
