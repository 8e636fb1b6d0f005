{#- The fact of this name (macro ticket_facts) of a row with a column for each; null for another name. -#}
{% macro ticket_fact(name, known) -%}
  case {{ name }}
    {%- for fact in ticket_facts() %}
    when '{{ fact }}' then {{ known }}.{{ fact }}
    {%- endfor %}
  end
{%- endmacro %}
