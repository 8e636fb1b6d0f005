{#- A value of a small closed list, stored as a number and read as text; text of its own would take half of the time to write a booking. -#}
{% macro enum_value(value, values) -%}
  '{{ value }}'::enum('{{ values | join("', '") }}')
{%- endmacro %}
