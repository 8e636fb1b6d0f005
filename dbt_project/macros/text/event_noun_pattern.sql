{#- A noun of the seed event_nouns behind an article or a possessive (1), with the words between them (2): the noun is the third group. -#}
{% macro event_noun_pattern() -%}
  \b(the|this|that|my|our|your) ((?:(?:\{\w*\}|whole|entire|actual|same|booked|upcoming|cancelled|original|live|big|wrong|right|first|second|next|other) )*)({{ event_noun_list() | join('|') }})\b
{%- endmacro %}
