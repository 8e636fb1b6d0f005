{#-
  The card (0 .. block_size - 1) that row `number` (1 ..) gets of its block of 100: an affine bijection of its place in the block, so every card is dealt once.
  A prime above 100 has no common divisor with any block size. Join it to int_share_cards on block_size and card.
-#}
{% macro assigned_card(purpose, number, block_size) -%}
  {%- set block = int_div(number ~ ' - 1', 100) -%}
  (((({{ number }} - 1) % 100) * {{ array_get(array_of([101, 103, 107, 109, 113, 127, 131, 137, 139, 149]), '1 + ' ~ draw_below(purpose ~ ' step', block, 10)) }}
    + {{ draw_below(purpose ~ ' offset', block, 100) }}) % {{ block_size }})
{%- endmacro %}
