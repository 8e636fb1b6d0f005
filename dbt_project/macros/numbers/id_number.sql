{% macro id_number(id) -%}
  substr({{ id }}, instr({{ id }}, '_') + 1)::bigint
{%- endmacro %}
