{#- A number and a premise in one key of a draw. A test of seeds keeps the premises within 64. -#}
{% macro need_key(number, need_number) -%}
  ({{ number }}) * 64 + {{ need_number }}
{%- endmacro %}
