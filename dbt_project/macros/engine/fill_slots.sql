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
        else coalesce(
          case substr(piece, 1, instr(piece, '}') - 1)
            {%- for slot, value in slots.items() %}
            when '{{ slot }}' then {{ value }}
            {%- endfor %}
          end || substr(piece, instr(piece, '}') + 1),
          '{' || piece
        )
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
