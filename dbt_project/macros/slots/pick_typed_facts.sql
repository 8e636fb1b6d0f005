{#-
  The facts that a list of names picks (macro ticket_fact) from a row with the columns of int_tickets__facts, as a list of {name, value, type, unit}, in the
  order of the names; a fact that is null is left out. The unit is a count's, and null for all else.
-#}
{% macro pick_typed_facts(names, known) -%}
  {%- set type_of -%}
    case name
      {%- for name, type in fact_types().items() %}
      when '{{ name }}' then '{{ type }}'
      {%- endfor %}
    end
  {%- endset -%}
  {%- set picked = array_transform("split(coalesce(" ~ names ~ ", ''), ' ')", 'name', struct_of({
    'name': 'name',
    'value': ticket_fact('name', known),
    'type': 'split_part(' ~ type_of ~ ", ':', 1)",
    'unit': 'nullif(split_part(' ~ type_of ~ ", ':', 2), '')"
  })) -%}
  {{ array_filter(picked, 'fact', 'fact.value is not null') }}
{%- endmacro %}
