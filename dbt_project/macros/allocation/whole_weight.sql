{#- A weight of 1 or more as a whole number of sixteenths, since allocate_proportionally counts in whole numbers. -#}
{% macro whole_weight(weight) -%}
  {{ nearest_integer('16 * ' ~ weight) }}
{%- endmacro %}
