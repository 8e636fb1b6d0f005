{#- The order in which members are full as the level of shared_out rises: by capacity / weight, in fixed point. -#}
{% macro fill_order() -%}
  (capacity::hugeint << 32) // weight, capacity, weight
{%- endmacro %}
