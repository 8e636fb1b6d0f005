{#- The day in California of a second since 1970 UTC, as a whole number: days since 1970, by standard time (requirements: one-metro-area). -#}
{% macro local_day(second) -%}
  {{ int_div('(' ~ second ~ ') - ' ~ hours(8), days(1)) }}
{%- endmacro %}
