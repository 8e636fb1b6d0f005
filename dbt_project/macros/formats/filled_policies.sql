{#- The text with every policy slot replaced by its constant. -#}
{% macro filled_policies(text) -%}
  {{ filled(text, policy_constants()) }}
{%- endmacro %}
