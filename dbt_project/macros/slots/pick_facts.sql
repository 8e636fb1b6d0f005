{#-
  The facts that a list of names picks (macro ticket_fact) from a row with the columns of int_tickets__facts, as a map; a fact that is null is left out. A
  name may be given as argument=fact, and then the argument is the key.
-#}
{% macro pick_facts(names, known) -%}
  {%- set picked = array_transform("split(coalesce(" ~ names ~ ", ''), ' ')", 'name', struct_of({
    'key': "split_part(name, '=', 1)",
    'value': ticket_fact(array_get("split(name, '=')", -1), known)
  })) -%}
  map_from_entries({{ array_filter(picked, 'entry', 'entry.value is not null') }})
{%- endmacro %}
