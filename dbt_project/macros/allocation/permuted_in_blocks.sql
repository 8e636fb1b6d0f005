{#-
  The place that index 0 .. is scattered to when runs of eight neighbours stay together: a bijection, as whole runs are scattered and what is left over after the
  last whole run stays. `runs` is an alias with the scatter_keys of the whole runs. A product instead of a case: within a case DuckDB computes every repeated
  subexpression anew, here five times as much in all.
-#}
{% macro permuted_in_blocks(index, runs) -%}
  {%- set is_whole = '(' ~ int_div(index, 8) ~ ' < ' ~ runs ~ '.size)::bigint' -%}
  ({{ is_whole }} * ({{ permuted(int_div(index, 8), runs) }} * 8 + ({{ index }}) % 8) + (1 - {{ is_whole }}) * ({{ index }}))
{%- endmacro %}
