{#-
  The facts that a list of names picks (macro ticket_fact) from a row with the columns of int_tickets__facts, as a list of {name, value, type, unit}, in the
  order of the names; a fact that is null is left out. The unit is a count's, and null for all else.
-#}
{% macro pick_typed_facts(names, known) -%}
  {%- set types, units = [], [] -%}
  {%- for type, facts in fact_types().items() | groupby(1) -%}
    {%- set is_one = "when name in ('" ~ facts | map('first') | join("', '") ~ "') then '" -%}
    {%- do types.append(is_one ~ type.split(':')[0] ~ "'") -%}
    {%- if ':' in type -%}{%- do units.append(is_one ~ type.split(':')[1] ~ "'") -%}{%- endif -%}
  {%- endfor -%}
  {%- set picked = array_transform("split(coalesce(" ~ names ~ ", ''), ' ')", 'name', struct_of({
    'name': 'name',
    'value': ticket_fact('name', known),
    'type': 'case ' ~ types | join(' ') ~ ' end',
    'unit': 'case ' ~ units | join(' ') ~ ' end'
  })) -%}
  {{ array_filter(picked, 'fact', 'fact.value is not null') }}
{%- endmacro %}
