{#- A name without its first word; empty for a single name. -#}
{% macro family_name(full_name) -%}
  substr({{ full_name }}, length(string_split({{ full_name }}, ' ')[1]) + 2)
{%- endmacro %}
