{% macro array_filter(list, name, condition) -%}
  {{ adapter.dispatch('array_filter')(list, name, condition) }}
{%- endmacro %}

{% macro default__array_filter(list, name, condition) -%}
  list_filter({{ list }}, lambda {{ name }}: {{ condition }})
{%- endmacro %}

{% macro spark__array_filter(list, name, condition) -%}
  filter({{ list }}, {{ name }} -> {{ condition }})
{%- endmacro %}
