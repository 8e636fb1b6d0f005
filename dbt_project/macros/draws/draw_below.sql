{#- A draw in the integers 0 .. span - 1; span is an SQL expression up to 2^31. -#}
{% macro draw_below(purpose, key, span, is_short_key=false) -%}
  main.scale32({{ draw(purpose, key, is_short_key) }}, {{ span }})
{%- endmacro %}
