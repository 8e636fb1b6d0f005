{#- The class of members who book events of a past month: `season_month` counts back from 1, the month of the last day of the past season. -#}
{% macro past_class(is_premium, season_month) -%}
  ({{ is_premium }})::bigint + 2 + 2 * ({{ season_month }})
{%- endmacro %}
