{% macro draw_unit(purpose, key, is_short_key=false) -%}
  ({{ draw(purpose, key, is_short_key) }} / 4294967296.0::double)
{%- endmacro %}
