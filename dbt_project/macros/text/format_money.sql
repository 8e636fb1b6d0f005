{#- Cents as dollars: $84.00. -#}
{% macro format_money(cents) -%}
  '$' || {{ format_plain_money(cents) }}
{%- endmacro %}
