{#-
  The terms of a text as bm25s takes them by default, so that its users find our figures again: slots removed, lower case, words of two characters or more
  without Lucene's English stop words, and no stems.
-#}
{% macro search_terms_of(text) -%}
  {%- set words = 'regexp_extract_all(lower(' ~ regex_replace(text, regex('\\{[a-z_]+\\}'), ' ') ~ '), ' ~ regex('[\\p{L}\\p{N}_]{2,}') ~ ', 0)' -%}
  {%- set stop_words = 'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split() -%}
  {{ array_filter(words, 'word', "word not in ('" ~ stop_words | join("', '") ~ "')") }}
{%- endmacro %}
