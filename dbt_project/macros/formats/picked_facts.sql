{#-
  The facts that a list of names picks from a row with the columns of int_tickets__known and from the house's constants, as a map; a fact that is null is
  left out. A name may be given as argument=fact, and then the argument is the key.
-#}
{% macro picked_facts(names, known) -%}
  {%- set policies = ref('policies') -%}
  map_from_entries(list_filter(
    list_transform(string_split(coalesce({{ names }}, ''), ' '), lambda name: {
      'key': string_split(name, '=')[1],
      'value': case string_split(name, '=')[-1]
        {%- for fact in ticket_facts() %}
        when '{{ fact }}' then {{ known }}.{{ fact }}
        {%- endfor %}
        {%- if execute %}
        {%- for policy in run_query('select policy, value from ' ~ policies ~ ' order by policy').rows %}
        when '{{ policy[0] }}' then '{{ policy[1] | replace("'", "''") }}'
        {%- endfor %}
        {%- endif %}
      end
    }),
    lambda entry: entry.value is not null
  ))
{%- endmacro %}
