{#- Whether a class is one of basic, or of premium users who are not blocked. -#}
{% macro is_open_class(class_number, is_premium) -%}
  (not {{ is_blocked_class(class_number) }} and ({{ is_premium_class(class_number) }}) = {{ is_premium }})
{%- endmacro %}
