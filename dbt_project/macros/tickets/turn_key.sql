{#- A ticket and a turn in one key; a conversation has at most six turns. -#}
{% macro turn_key(ticket_number, turn) -%}
  ({{ ticket_number }}) * 8 + {{ turn }}
{%- endmacro %}
