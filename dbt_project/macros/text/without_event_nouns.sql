{#- The text with an event in place of each noun that says what kind of event is meant (macro event_nouns). -#}
{% macro without_event_nouns(text) -%}
  regexp_replace({{ text }}, '(?i){{ event_noun_pattern() }}', '\1 \2event', 'g')
{%- endmacro %}
