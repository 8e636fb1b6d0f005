{% macro array_place(list, value) -%}
  {{ adapter.dispatch('array_place')(list, value) }}
{%- endmacro %}

{% macro default__array_place(list, value) -%}
  list_position({{ list }}, {{ value }})
{%- endmacro %}

{% macro spark__array_place(list, value) -%}
  nullif(array_position({{ list }}, {{ value }}), 0)
{%- endmacro %}
