{#- A name without its first word; empty for a single name. -#}
{% macro family_name(full_name) -%}
  substr({{ full_name }}, length({{ given_name(full_name) }}) + 2)
{%- endmacro %}
