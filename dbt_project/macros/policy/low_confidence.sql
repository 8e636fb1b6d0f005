{#- The confidence below which a ticket is escalated (requirements: what-escalates-a-ticket). -#}
{% macro low_confidence() -%}
  0.4
{%- endmacro %}
