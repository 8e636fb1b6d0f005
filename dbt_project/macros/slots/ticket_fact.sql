{#- The fact of this name (macro ticket_facts) of a row with a column for each, or the policy constant of this name; null for another name. -#}
{% macro ticket_fact(name, known) -%}
  case {{ name }}
    {%- for fact in ticket_facts() %}
    when '{{ fact }}' then {{ known }}.{{ fact }}
    {%- endfor %}
    {%- for policy, value in policy_constants().items() %}
    when '{{ policy }}' then {{ value }}
    {%- endfor %}
  end
{%- endmacro %}
