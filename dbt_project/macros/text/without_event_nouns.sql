{#-
  The text with an event in place of each noun that says what kind of event is meant (macro event_nouns), and, where `event_kind` is given, of that word
  wherever it stands.
-#}
{% macro without_event_nouns(text, event_kind) -%}
  {%- set edge = regex('\\b') -%}
  {%- set capitals = 'upper(substr(' ~ event_kind ~ ', 1, 1)) || substr(' ~ event_kind ~ ', 2)' -%}
  {%- set plain = regex_replace(text, regex('(?i)' ~ event_noun_pattern()), '\\1 \\2event') -%}
  {%- set with_article = regex_replace(plain, regex('(?i)\\b([Aa])n? ') ~ ' || ' ~ event_kind ~ ' || ' ~ edge, '\\1n event') -%}
  {%- set capitalised = regex_replace(with_article, edge ~ ' || ' ~ capitals ~ ' || ' ~ edge, 'Event') -%}
  if({{ event_kind }} is null, {{ plain }}, {{ regex_replace(capitalised, regex('(?i)\\b') ~ ' || ' ~ event_kind ~ ' || ' ~ edge, 'event') }})
{%- endmacro %}
