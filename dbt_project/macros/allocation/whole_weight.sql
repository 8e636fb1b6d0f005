{#- A weight of 1 or more as a whole number of sixteenths, since allocate_proportionally counts in whole numbers. -#}
{% macro whole_weight(weight) -%}
  (16 * {{ weight }})::bigint
{%- endmacro %}
