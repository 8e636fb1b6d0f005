{% macro hours(count) -%}
  {% if count is number %}{{ 3600 * count }}{% else %}(3600 * ({{ count }})){% endif %}
{%- endmacro %}
