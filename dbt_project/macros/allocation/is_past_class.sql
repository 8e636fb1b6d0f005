{#- Whether a class is one of a past month. -#}
{% macro is_past_class(class_number) -%}
  ({{ class_number }}) >= 4
{%- endmacro %}
