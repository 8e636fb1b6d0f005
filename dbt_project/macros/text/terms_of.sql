{#-
  The terms of a text, as a list: slots removed, lower case, words of three letters or more without the commonest words (var stop_words), cut to a crude
  stem by dropping one ending.
-#}
{% macro terms_of(text) -%}
  {%- set words = 'regexp_extract_all(lower(' ~ regex_replace(text, regex('\\{[a-z_]+\\}'), ' ') ~ "), '[a-z]{3,}', 0)" -%}
  {%- set telling = array_filter(words, 'word', "word not in ('" ~ (var('stop_words') | string).split() | join("', '") ~ "')") -%}
  {{ array_transform(telling, 'word', regex_replace('word', regex('(ings?|ed|es|s|ly)$'), '')) }}
{%- endmacro %}
