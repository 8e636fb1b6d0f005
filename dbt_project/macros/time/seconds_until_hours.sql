{#- Seconds from a second since 1970 UTC until the clock of California (by standard time) stands between two hours of the day; 0 while it does. -#}
{% macro seconds_until_hours(second, opens, closes) -%}
  {%- set time = '((' ~ second ~ ' - ' ~ hours(8) ~ ') % ' ~ days(1) ~ ')' -%}
  case
    when {{ time }} < {{ hours(opens) }} then {{ hours(opens) }} - {{ time }}
    when {{ time }} >= {{ hours(closes) }} then {{ days(1) }} + {{ hours(opens) }} - {{ time }}
    else 0
  end
{%- endmacro %}
