{#- Cents as dollars: $84.00. -#}
{% macro spoken_money(cents) -%}
  '$' || {{ plain_money(cents) }}
{%- endmacro %}
