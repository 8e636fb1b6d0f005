{#- Second of the UTC day at which somebody in California is likely awake: 7 am to 11 pm Pacific, most often mid-afternoon. -#}
{% macro draw_daytime_second(purpose, key, is_short_key=false) -%}
  {#- 7 am Pacific in UTC, and half of the hours awake: the sum of two draws lies most often in the middle -#}
  {%- set earliest = hours(15) -%}
  {%- set day = days(1) -%}
  {%- set half_span = hours(8) -%}
  (({{ earliest }} + {{ draw_below(purpose, key, half_span, is_short_key) }} + {{ draw_below(purpose ~ ' again', key, half_span, is_short_key) }}) % {{ day }})
{%- endmacro %}
