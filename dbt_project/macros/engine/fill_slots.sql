{#- The text with its slots, {slot} in single braces, replaced by SQL expressions, none of them null. `slots` maps slot names to expressions. -#}
{% macro fill_slots(text, slots) -%}
  {{ adapter.dispatch('fill_slots')(text, slots) }}
{%- endmacro %}

{#- Looks at what follows each brace, once; a `replace` for each slot would look through the whole text for it. -#}
{% macro default__fill_slots(text, slots) -%}
  {%- if not slots -%}
    {{ text }}
  {%- else -%}
    array_to_string(list_transform(string_split({{ text }}, '{'), lambda piece, place:
      case
        when place = 1 then piece
        -- a list of one, so that the name is cut out once and not for each slot that it might be
        else list_transform([substr(piece, 1, instr(piece, '}') - 1)], lambda name: coalesce(
          case name
            {%- for slot, value in slots.items() %}
            when '{{ slot }}' then {{ value }}
            {%- endfor %}
          end || substr(piece, length(name) + 2),
          '{' || piece
        ))[1]
      end
    ), '')
  {%- endif -%}
{%- endmacro %}

{% macro spark__fill_slots(text, slots) -%}
  {%- set ns = namespace(sql=text) -%}
  {%- for slot, value in slots.items() -%}
    {%- set ns.sql = 'replace(' ~ ns.sql ~ ", '{" ~ slot ~ "}', " ~ value ~ ')' -%}
  {%- endfor -%}
  {{ ns.sql }}
{%- endmacro %}
