{#- A heavy-tailed draw: the quantile of a Pareto distribution of shape 2, at the middle of one of so many steps; of 256 and so from 1 to 22.6. -#}
{% macro pareto_draw(purpose, key, steps=256, is_short_key=false) -%}
  sqrt({{ 2 * steps }}.0::double / ({{ 2 * steps - 1 }} - 2 * {{ draw_below(purpose, key, steps, is_short_key) }}))
{%- endmacro %}
