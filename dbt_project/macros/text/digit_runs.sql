{#- The columns that filled_digits needs of a format: text, a run of #, and maybe more text and another run; six # at most. -#}
{% macro digit_runs(format) -%}
  case when {{ regex_matches_whole(format, '[^#]*#+[^#]*#*') }} then regexp_extract({{ format }}, '^[^#]*', 0)
    else {{ raise_error("'one or two runs of # are needed, the last at the end: ' || " ~ format) }} end as run_prefix,
  length(regexp_extract({{ format }}, '#+', 0)) as run_length_1,
  regexp_extract({{ format }}, '#([^#]*)(#*)$', 1) as run_middle,
  length(regexp_extract({{ format }}, '#[^#]+(#+)$', 1)) as run_length_2
{%- endmacro %}
