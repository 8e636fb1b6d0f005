{#- The text with every policy slot replaced by its constant. Looks the constants up once, when the model is compiled. -#}
{% macro filled_policies(text) -%}
  {%- set policies = ref('policies') -%}
  {%- set slots = {} -%}
  {%- if execute -%}
    {%- for policy in run_query('select policy, value from ' ~ policies ~ ' order by policy').rows -%}
      {%- do slots.update({policy[0]: "'" ~ policy[1] | replace("'", "''") ~ "'"}) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ filled(text, slots) }}
{%- endmacro %}
