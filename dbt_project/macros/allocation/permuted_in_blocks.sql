{#-
  The place that index 0 .. is permuted to when runs of 2^run_bits neighbours stay together: a bijection, as whole runs are permuted and what is left over after
  the last whole run stays. `runs` is an alias with the permutation_keys of the whole runs.
-#}
{% macro permuted_in_blocks(index, runs, run_bits) -%}
  {%- set run = shift_right(index, run_bits) -%}
  {%- set in_run = shift_left(permuted(run, runs), run_bits) ~ ' | ((' ~ index ~ ') & ' ~ (2 ** run_bits - 1) ~ ')' -%}
  {{ chosen_number(run ~ ' < ' ~ runs ~ '.size', '(' ~ in_run ~ ')', '(' ~ index ~ ')') }}
{%- endmacro %}
