{#- Tickets that a member writes in the window of tickets, at most (requirements: four-tickets-a-member). -#}
{% macro most_tickets_per_member() -%}
  4
{%- endmacro %}
