{#- The house's constants as SQL literals, by name. Looks them up when a model is compiled; empty while dbt parses. -#}
{% macro policy_constants() -%}
  {%- set policies = ref('policies') -%}
  {%- set constants = {} -%}
  {%- if execute -%}
    {%- for policy in run_query('select policy, value from ' ~ policies ~ ' order by policy').rows -%}
      {%- do constants.update({policy[0]: "'" ~ policy[1] | replace("'", "''") ~ "'"}) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(constants) }}
{%- endmacro %}
