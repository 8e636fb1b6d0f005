{#-
  The type of each fact and policy constant by its name, a count with its unit behind a colon, as in `count:business days`; no policies while dbt parses.
  A policy's type follows from its unit.
-#}
{% macro fact_types() -%}
  {%- set units = {
    'dollars': 'money', 'dollars a month': 'money', 'percent': 'percent', 'Pacific time': 'time', 'text': 'name', 'version': 'name', 'events': 'count:bookings',
    'ticket': 'count:tickets', 'time': 'count:times'
  } -%}
  {%- set types = {} -%}
  {%- do types.update(ticket_facts()) -%}
  {%- for policy, unit in read_seed('policies', 'policy, unit') -%}
    {%- do types.update({policy: units.get(unit, 'count:' ~ unit)}) -%}
  {%- endfor -%}
  {{ return(types) }}
{%- endmacro %}
