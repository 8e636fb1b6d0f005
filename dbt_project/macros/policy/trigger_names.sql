{#- The names of the escalation triggers that hold for a row of int_tickets__triaged, separated by a comma and a space; null where none holds. -#}
{% macro trigger_names(tickets) -%}
  nullif(concat_ws(', ', {% for trigger, name in escalation_triggers().items() %}case when {{ tickets }}.{{ trigger }} then '{{ name }}' end{{ ', ' if not loop.last }}{% endfor %}), '')
{%- endmacro %}
