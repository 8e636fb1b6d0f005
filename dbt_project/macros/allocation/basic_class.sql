{#- The class of basic users who are not blocked. -#}
{% macro basic_class() -%}
  0
{%- endmacro %}
