{% macro is_premium_class(class_number) -%}
  (({{ class_number }}) & 1) = 1
{%- endmacro %}
