{#- The text with its slots, {slot} in single braces, replaced by SQL expressions. `slots` maps slot names to expressions. -#}
{% macro fill_slots(text, slots) -%}
  {%- set ns = namespace(sql=text) -%}
  {%- for slot, value in slots.items() -%}
    {%- set ns.sql = 'replace(' ~ ns.sql ~ ", '{" ~ slot ~ "}', " ~ value ~ ')' -%}
  {%- endfor -%}
  {{ ns.sql }}
{%- endmacro %}
