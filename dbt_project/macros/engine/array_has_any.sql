{% macro array_has_any(list, wanted) -%}
  {{ adapter.dispatch('array_has_any')(list, wanted) }}
{%- endmacro %}

{% macro default__array_has_any(list, wanted) -%}
  list_has_any({{ list }}, {{ wanted }})
{%- endmacro %}

{% macro spark__array_has_any(list, wanted) -%}
  arrays_overlap({{ list }}, {{ wanted }})
{%- endmacro %}
