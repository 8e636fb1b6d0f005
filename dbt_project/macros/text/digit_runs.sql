{#- The columns that filled_digits needs of a format: text, a run of #, and maybe more text and another run; six # at most. -#}
{% macro digit_runs(format) -%}
  case when regexp_full_match({{ format }}, '[^#]*#+[^#]*#*') then regexp_extract({{ format }}, '^[^#]*')
    else {{ raise_error("'one or two runs of # are needed, the last at the end: ' || " ~ format) }} end as run_prefix,
  length(regexp_extract({{ format }}, '#+')) as run_length_1,
  regexp_extract({{ format }}, '#([^#]*)(#*)$', 1) as run_middle,
  length(regexp_extract({{ format }}, '#[^#]+(#+)$', 1)) as run_length_2
{%- endmacro %}
