{#- Cents as a plain number of dollars: 84.00. -#}
{% macro plain_money(cents) -%}
  {{ whole(cents, 100) }} || '.' || lpad((({{ cents }}) % 100)::varchar, 2, '0')
{%- endmacro %}
