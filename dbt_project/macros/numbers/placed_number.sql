{#- The row's number of a key that macro place_key has made. -#}
{% macro placed_number(key) -%}
  ({{ placed_score(key) }} * 134217728 - {{ key }})
{%- endmacro %}
