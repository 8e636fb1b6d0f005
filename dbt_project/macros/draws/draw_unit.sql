{% macro draw_unit(purpose, key) -%}
  ({{ draw(purpose, key) }} / 4294967296.0::double)
{%- endmacro %}
