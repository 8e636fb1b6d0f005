{% macro array_total(list) -%}
  {{ adapter.dispatch('array_total')(list) }}
{%- endmacro %}

{% macro default__array_total(list) -%}
  list_sum({{ list }})
{%- endmacro %}

{% macro spark__array_total(list) -%}
  if(size({{ list }}) = 0, null, aggregate({{ list }}, 0::double, (total, number) -> total + number))
{%- endmacro %}
