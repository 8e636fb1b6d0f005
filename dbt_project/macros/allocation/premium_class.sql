{#- The class of premium users who are not blocked. -#}
{% macro premium_class() -%}
  1
{%- endmacro %}
