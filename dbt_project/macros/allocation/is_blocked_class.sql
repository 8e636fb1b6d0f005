{% macro is_blocked_class(class_number) -%}
  {% if has_past_season() %}({{ class_number }}) between 2 and 3{% else %}({{ class_number }}) >= 2{% endif %}
{%- endmacro %}
