{#-
  A number in a format of one or two runs of #, with digits in their place. `format` is an alias with the columns of digit_runs, which are split off once a
  format, since a row takes ten times as long to search its text for #; `digits` is a column of six digits.
-#}
{% macro fill_digits(format, digits) -%}
  concat(
    {{ format }}.run_prefix, substr({{ digits }}, 1, {{ format }}.run_length_1),
    {{ format }}.run_middle, substr({{ digits }}, 1 + {{ format }}.run_length_1, {{ format }}.run_length_2)
  )
{%- endmacro %}
