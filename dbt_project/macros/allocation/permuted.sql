{#-
  The place that index 0 .. size - 1 of a line is permuted to: a bijection of 0 .. size - 1, so no two indexes share a place. `line` is an alias with the
  columns of permutation_keys. Each step is a bijection: a turn adds a number modulo size; a scatter multiplies by an odd number modulo the largest power of two
  that fits, folds the high bits onto the low ones, and leaves the rest where it is.
-#}
{% macro permuted(index, line) -%}
  {%- set once = 'main.scatter_once((' ~ index ~ ' + ' ~ line ~ '.turn_1) % ' ~ line ~ '.size, ' ~ line ~ '.mask, ' ~ line ~ '.shift, ' ~ line ~ '.multiplier_1)' -%}
  {%- set twice = 'main.scatter_once((' ~ once ~ ' + ' ~ line ~ '.turn_2) % ' ~ line ~ '.size, ' ~ line ~ '.mask, ' ~ line ~ '.shift, ' ~ line ~ '.multiplier_2)' -%}
  (({{ twice }} + {{ line }}.turn_3) % {{ line }}.size)
{%- endmacro %}
