{% macro days(count) -%}
  {% if count is number %}{{ 86400 * count }}{% else %}(86400 * ({{ count }})){% endif %}
{%- endmacro %}
