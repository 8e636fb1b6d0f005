{#- EventHub's policy constants as SQL literals, by name; none while dbt parses. -#}
{% macro policy_constants() -%}
  {%- set constants = {} -%}
  {%- for policy, value in read_seed('policies', 'policy, value') -%}
    {%- do constants.update({policy: "'" ~ value | replace("'", "''") ~ "'"}) -%}
  {%- endfor -%}
  {{ return(constants) }}
{%- endmacro %}
