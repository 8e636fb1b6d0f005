{#-
  What a text calls its event, as a list of the seed's nouns in lower case: "the concert", "my {} show". A noun counts behind an article or a possessive, and
  not before a word that makes it part of something else ("the play button", "the match history").
-#}
{% macro event_nouns(text) -%}
  {#- The longer first: an art show is no show of another kind. -#}
  {%- set other_things = '\\b(?:play|match|class|game|show|race|performance) '
    ~ '(?:button|store|history|details|page|action|more|card|number|of luck|plan|issue|problem)' -%}
  regexp_extract_all({{ regex_replace('lower(' ~ text ~ ')', regex(other_things), '') }}, {{ regex(event_noun_pattern()) }}, 3)
{%- endmacro %}
