{#- The first word of a name; the only one, where people have a single name. -#}
{% macro given_name(full_name) -%}
  split_part({{ full_name }}, ' ', 1)
{%- endmacro %}
