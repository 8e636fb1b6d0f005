{#- The text with the slots of a ticket filled from its row of int_tickets__slot_values, whose columns are named like the slots. A slot without a fact stays. -#}
{% macro fill_ticket_slots(text, facts) -%}
  {%- set slots = {} -%}
  {%- for slot in ticket_slots() -%}
    {%- do slots.update({slot: 'coalesce(' ~ facts ~ '.' ~ slot ~ ", '{" ~ slot ~ "}')"}) -%}
  {%- endfor -%}
  {{ fill_slots(text, slots) }}
{%- endmacro %}
