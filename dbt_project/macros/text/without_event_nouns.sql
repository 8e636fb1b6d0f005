{#-
  The text with an event in place of each noun that says what kind of event is meant (macro event_nouns), and, where `event_kind` is given, of that word
  wherever it stands.
-#}
{% macro without_event_nouns(text, event_kind) -%}
  {%- set plain = "regexp_replace(" ~ text ~ ", '(?i)" ~ event_noun_pattern() ~ "', '\\1 \\2event', 'g')" -%}
  {%- set with_article = "regexp_replace(" ~ plain ~ ", '\\b([Aa])n? ' || " ~ event_kind ~ " || '\\b', '\\1n event', 'gi')" -%}
  {%- set at_the_start = "'\\b' || upper(" ~ event_kind ~ "[1]) || " ~ event_kind ~ "[2:] || '\\b'" -%}
  {%- set capitalised = "regexp_replace(" ~ with_article ~ ", " ~ at_the_start ~ ", 'Event', 'g')" -%}
  if({{ event_kind }} is null, {{ plain }}, regexp_replace({{ capitalised }}, '\b' || {{ event_kind }} || '\b', 'event', 'gi'))
{%- endmacro %}
