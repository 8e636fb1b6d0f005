{#-
  The order in which members are full as the level of allocate_proportionally rises: by capacity / weight, in fixed point. A capacity has fewer bits than that leaves
  of a bigint (macro portion_bits), and to divide wider numbers would take a quarter of the time of a model.
-#}
{% macro fill_order() -%}
  {%- set order_bits = 32 -%}
  {{ int_div(shift_left('capacity', order_bits), 'weight') }}, capacity, weight
{%- endmacro %}
