{#- The order in which members are full as the level of allocate_proportionally rises: by capacity / weight, in fixed point. -#}
{% macro fill_order() -%}
  {%- set order_bits = 32 -%}
  {{ int_div(wide_integer('capacity') ~ ' * ' ~ 2 ** order_bits, 'weight') }}, capacity, weight
{%- endmacro %}
