{% macro minutes(count) -%}
  {% if count is number %}{{ 60 * count }}{% else %}(60 * ({{ count }})){% endif %}
{%- endmacro %}
