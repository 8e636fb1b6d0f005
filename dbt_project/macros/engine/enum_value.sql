{#- A value of a small closed list, stored as a number and read as text; text of its own would take half of the time to write a booking. Spark stores text, whose
    files keep a dictionary. -#}
{% macro enum_value(value, values) -%}
  {{ adapter.dispatch('enum_value')(value, values) }}
{%- endmacro %}

{% macro default__enum_value(value, values) -%}
  '{{ value }}'::enum('{{ values | join("', '") }}')
{%- endmacro %}

{% macro spark__enum_value(value, values) -%}
  '{{ value }}'
{%- endmacro %}
