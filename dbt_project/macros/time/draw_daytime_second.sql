{#- Second of the UTC day at which somebody in California is likely awake: 7 am to 11 pm Pacific, most often mid-afternoon. -#}
{% macro draw_daytime_second(purpose, key) -%}
  ((54000 + ({{ draw_below(purpose, key, 28800) }}) + {{ draw_below(purpose ~ ' again', key, 28800) }}) % 86400)
{%- endmacro %}
