{#- The element of a list at a place from 1, or from the end where the place is a negative literal; null beyond its ends. -#}
{% macro array_get(list, place) -%}
  {{ adapter.dispatch('array_get')(list, place) }}
{%- endmacro %}

{% macro default__array_get(list, place) -%}
  ({{ list }})[{{ place }}]
{%- endmacro %}

{% macro spark__array_get(list, place) -%}
  {% if place is number and place < 0 %}element_at(if(size({{ list }}) >= {{ -place }}, {{ list }}, null), {{ place }}){% else %}get({{ list }}, ({{ place }})::int - 1){% endif %}
{%- endmacro %}
