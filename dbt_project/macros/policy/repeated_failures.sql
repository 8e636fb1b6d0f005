{#- The failed automatic answers from which on a ticket is escalated (requirements: what-escalates-a-ticket). -#}
{% macro repeated_failures() -%}
  2
{%- endmacro %}
