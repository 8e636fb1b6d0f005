{% macro array_transform(list, name, value) -%}
  {{ adapter.dispatch('array_transform')(list, name, value) }}
{%- endmacro %}

{% macro default__array_transform(list, name, value) -%}
  list_transform({{ list }}, lambda {{ name }}: {{ value }})
{%- endmacro %}

{% macro spark__array_transform(list, name, value) -%}
  transform({{ list }}, {{ name }} -> {{ value }})
{%- endmacro %}
