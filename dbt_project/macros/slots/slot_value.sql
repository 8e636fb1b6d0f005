{#- The value of a slot, in its braces as a text has it, of a row with a column for each; null for any other text. -#}
{% macro slot_value(slot, row) -%}
  case {{ slot }}
    when '{' then null
    {%- for name in ticket_slots() %}
    when '{{ '{' ~ name ~ '}' }}' then {{ row }}.{{ name }}
    {%- endfor %}
  end
{%- endmacro %}
