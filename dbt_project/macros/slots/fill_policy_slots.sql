{#- The text with every policy slot replaced by its constant. -#}
{% macro fill_policy_slots(text) -%}
  {{ fill_slots(text, policy_constants()) }}
{%- endmacro %}
