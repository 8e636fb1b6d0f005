{#- Days before as_of in which tickets are written (requirements: tickets-of-the-last-30-days). -#}
{% macro ticket_window_days() -%}
  30
{%- endmacro %}
