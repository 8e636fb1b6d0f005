{#- A round of a draw. Where a draw stands within a case, each round is a column: there DuckDB computes every repeated subexpression anew, in two rounds 16 times. -#}
{% macro drawn_once(purpose, key) -%}
  main.mix32({{ exclusive_or('(' ~ key ~ ')::bigint', local_md5(var('seed') ~ '|' ~ purpose)[0:8] | int(0, 16)) }})
{%- endmacro %}
