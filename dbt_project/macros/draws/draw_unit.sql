{#- A draw in [0, 1), exact in binary. -#}
{% macro draw_unit(purpose, key) -%}
  ({{ draw(purpose, key) }} / 4294967296.0::double)
{%- endmacro %}
