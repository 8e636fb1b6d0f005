{% macro family_name(full_name) -%}
  substr({{ full_name }}, length({{ given_name(full_name) }}) + 2)
{%- endmacro %}
