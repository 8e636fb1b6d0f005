{% macro array_join(list, separator) -%}
  {{ adapter.dispatch('array_join')(list, separator) }}
{%- endmacro %}

{% macro default__array_join(list, separator) -%}
  array_to_string({{ list }}, '{{ separator }}')
{%- endmacro %}

{% macro spark__array_join(list, separator) -%}
  array_join({{ list }}, '{{ separator }}')
{%- endmacro %}
