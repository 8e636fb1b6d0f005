{#- Candidates that are drawn for each ticket out of a large club: enough to choose from for every need. -#}
{% macro candidates_per_ticket() -%}
  20
{%- endmacro %}
