{#- Rows in the block of 100 that holds row `number` of `total`: 100, or what is left for the last block. -#}
{% macro block_size(number, total) -%}
  least(100, {{ total }} - {{ int_div(number ~ ' - 1', 100) }} * 100)
{%- endmacro %}
