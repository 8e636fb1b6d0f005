{#-
  What a text may claim of rows, as regular expressions by name (seed claim_patterns), for words whose slots stand empty: {} for a slot's value, {EVENT} for
  the event's title. extract reads the same seed, so that it refuses what a rule would find. Quoted for SQL. While dbt parses, each finds its own name.
-#}
{% macro claim_patterns() -%}
  {%- set patterns = {} -%}
  {%- for name in [
    'amount', 'id', 'date', 'weekday', 'time', 'count', 'percent', 'span_ahead', 'span_ago', 'other_than_a_number', 'number', 'quote', 'hint_of_a_change',
    'second_in_a_sentence', 'sentence', 'called_off', 'over_or_moved', 'not_stated', 'key_name'
  ] -%}
    {%- do patterns.update({name: name}) -%}
  {%- endfor -%}
  {%- for name, pattern in read_seed('claim_patterns', 'name, pattern') -%}
    {%- do patterns.update({name: pattern}) -%}
  {%- endfor -%}
  {%- if execute -%}
    {#- A part may hold a part: two rounds resolve both. -#}
    {%- for name in (patterns | list) * 2 -%}
      {%- for part, pattern in patterns.items() -%}
        {%- do patterns.update({name: patterns[name] | replace('<' ~ part ~ '>', pattern)}) -%}
      {%- endfor -%}
    {%- endfor -%}
  {%- endif -%}
  {%- set quoted = {} -%}
  {%- for name, pattern in patterns.items() -%}
    {%- do quoted.update({name: regex(pattern)}) -%}
  {%- endfor -%}
  {{ return(quoted) }}
{%- endmacro %}
