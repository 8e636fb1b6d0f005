{#- The text with every policy slot replaced by its constant. A literal is filled at once: engines would plan a step for each policy. -#}
{% macro fill_policy_slots(text) -%}
  {%- set constants = policy_constants() -%}
  {%- set is_literal = text[0] == "'" and text[-1] == "'" and "'" not in text[1:-1] | replace("''", '') -%}
  {%- if is_literal -%}
    {%- set ns = namespace(text=text) -%}
    {%- for policy, value in constants.items() -%}
      {%- set ns.text = ns.text | replace('{' ~ policy ~ '}', value[1:-1]) -%}
    {%- endfor -%}
    {{ ns.text }}
  {%- else -%}
    {{ fill_slots(text, constants) }}
  {%- endif -%}
{%- endmacro %}
