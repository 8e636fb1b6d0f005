{% macro is_premium_class(class_number) -%}
  ({{ class_number }}) % 2 = 1
{%- endmacro %}
