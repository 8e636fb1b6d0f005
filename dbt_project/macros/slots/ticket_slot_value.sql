{#- The value of a ticket's slot, from the columns of `slots`, by its name in braces; null for other words. -#}
{% macro ticket_slot_value(part, slots) -%}
  {%- set names = ticket_slots() -%}
  {%- if names -%}
    case {{ part }}{% for name in names %} when '{{ '{' ~ name ~ '}' }}' then {{ slots }}.{{ name }}{% endfor %} end
  {%- else -%}
    null
  {%- endif -%}
{%- endmacro %}
