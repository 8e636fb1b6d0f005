{#-
  The place that index 0 .. is permuted to when runs of neighbours stay together: a bijection, as whole runs are permuted and what is left over after the
  last whole run stays. `runs` is an alias with the permutation_keys of the whole runs. A product instead of a case: within a case DuckDB computes every repeated
  subexpression anew, here five times as much in all.
-#}
{% macro permuted_in_blocks(index, runs, run_length) -%}
  {%- set is_whole = '(' ~ int_div(index, run_length) ~ ' < ' ~ runs ~ '.size)::bigint' -%}
  ({{ is_whole }} * ({{ permuted(int_div(index, run_length), runs) }} * {{ run_length }} + ({{ index }}) % {{ run_length }}) + (1 - {{ is_whole }}) * ({{ index }}))
{%- endmacro %}
