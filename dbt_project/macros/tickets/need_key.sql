{#- A number and a need in one key of a draw. A test of seeds keeps the needs within 64. -#}
{% macro need_key(number, need_number) -%}
  ({{ number }}) * 64 + {{ need_number }}
{%- endmacro %}
