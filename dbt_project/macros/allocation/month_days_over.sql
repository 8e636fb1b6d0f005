{#- The part of its month that is over at a moment, its own day included, in days of a month of 31 (macro longest_month_days). -#}
{% macro month_days_over(moment) -%}
  {{ int_div(longest_month_days() ~ ' * extract(day from ' ~ moment ~ ')', 'extract(day from last_day(' ~ moment ~ '))') }}
{%- endmacro %}
