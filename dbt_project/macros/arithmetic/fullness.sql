{#- The order in which members are full as the level of shared_out rises: by capacity / weight, in fixed point. -#}
{% macro fullness() -%}
  (capacity::hugeint << 32) // weight, capacity, weight
{%- endmacro %}
