{% macro array_has_all(list, wanted) -%}
  {{ adapter.dispatch('array_has_all')(list, wanted) }}
{%- endmacro %}

{% macro default__array_has_all(list, wanted) -%}
  list_has_all({{ list }}, {{ wanted }})
{%- endmacro %}

{% macro spark__array_has_all(list, wanted) -%}
  (size(array_except({{ wanted }}, {{ list }})) = 0)
{%- endmacro %}
