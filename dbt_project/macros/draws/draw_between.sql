{% macro draw_between(purpose, key, low, high) -%}
  (({{ low }}) + {{ draw_below(purpose, key, '((' ~ high ~ ') - (' ~ low ~ ') + 1)') }})
{%- endmacro %}
