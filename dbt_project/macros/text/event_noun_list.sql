{#- The nouns of the seed event_nouns, the longest first. Reads the seed when a model is compiled, in its file where it has not been loaded. -#}
{% macro event_noun_list() -%}
  {%- set seed = ref('event_nouns') -%}
  {%- set nouns = ['concert'] -%}
  {%- if execute -%}
    {%- set place = seed if load_relation(seed) else seed_rows('event_nouns', ['noun', 'categories']) -%}
    {%- set nouns = run_query('select noun from ' ~ place ~ ' order by length(noun) desc, noun').columns[0].values() | list -%}
  {%- endif -%}
  {{ return(nouns) }}
{%- endmacro %}
