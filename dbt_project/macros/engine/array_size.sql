{% macro array_size(list) -%}
  {{ adapter.dispatch('array_size')(list) }}
{%- endmacro %}

{% macro default__array_size(list) -%}
  len({{ list }})
{%- endmacro %}

{% macro spark__array_size(list) -%}
  size({{ list }})::bigint
{%- endmacro %}
