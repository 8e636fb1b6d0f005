{#- Columns that permuted() needs for a line of `size` places, drawn for a purpose and a key. -#}
{% macro permutation_keys(size, purpose, key, is_short_key=false) -%}
  {{ size }} as size,
  main.low_mask({{ size }}) as mask,
  main.half_shift({{ size }}) as shift,
  {{ draw_below(purpose ~ ' turn 1', key, size, is_short_key) }} as turn_1,
  {{ draw_below(purpose ~ ' turn 2', key, size, is_short_key) }} as turn_2,
  {{ draw_below(purpose ~ ' turn 3', key, size, is_short_key) }} as turn_3,
  {{ shift_right(draw(purpose ~ ' multiplier 1', key, is_short_key), 2) }} * 2 + 1 as multiplier_1,
  {{ shift_right(draw(purpose ~ ' multiplier 2', key, is_short_key), 2) }} * 2 + 1 as multiplier_2
{%- endmacro %}
