{#- The nouns of the seed event_nouns, the longest first; while dbt parses, one of them. -#}
{% macro event_noun_list() -%}
  {{ return(read_seed('event_nouns', '-length(noun), noun') | map('last') | list or ['concert']) }}
{%- endmacro %}
