{#-
  EventHub's policy constants as SQL literals, by name. Looks them up when a model is compiled, in the seed's file where the seed has not been loaded; empty
  while dbt parses.
-#}
{% macro policy_constants() -%}
  {%- set policies = ref('policies') -%}
  {%- set constants = {} -%}
  {%- if execute -%}
    {%- set place = policies if load_relation(policies) else seed_rows('policies', ['policy', 'value', 'unit', 'description']) -%}
    {%- for policy in run_query('select policy, value from ' ~ place ~ ' order by policy').rows -%}
      {%- do constants.update({policy[0]: "'" ~ policy[1] | replace("'", "''") ~ "'"}) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(constants) }}
{%- endmacro %}
