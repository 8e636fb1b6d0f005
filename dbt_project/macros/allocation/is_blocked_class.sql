{#- Whether a class is one of blocked users. -#}
{% macro is_blocked_class(class_number) -%}
  ({{ class_number }}) >= 2
{%- endmacro %}
