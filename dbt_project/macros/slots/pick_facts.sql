{#-
  The facts that a list of names picks (macro ticket_fact) from a row with the columns of int_tickets__facts, as a map; a fact that is null is left out. A
  name may be given as argument=fact, and then the argument is the key.
-#}
{% macro pick_facts(names, known) -%}
  map_from_entries(list_filter(
    list_transform(string_split(coalesce({{ names }}, ''), ' '), lambda name: {
      'key': string_split(name, '=')[1],
      'value': {{ ticket_fact("string_split(name, '=')[-1]", known) }}
    }),
    lambda entry: entry.value is not null
  ))
{%- endmacro %}
