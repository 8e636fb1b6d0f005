{#- The text with the slots of a ticket filled from its row of int_tickets__facts, whose columns are named like the slots. A slot without a fact stays. -#}
{% macro filled_facts(text, facts) -%}
  {%- set slots = {} -%}
  {%- for slot in ticket_slots() -%}
    {%- do slots.update({slot: 'coalesce(' ~ facts ~ '.' ~ slot ~ ", '{" ~ slot ~ "}')"}) -%}
  {%- endfor -%}
  {{ filled(text, slots) }}
{%- endmacro %}
