{#-
  The terms of a text as bm25s takes them by default, so that its users find our figures again: slots removed, lower case, words of two characters or more
  without Lucene's English stop words, and no stems.
-#}
{% macro search_terms_of(text) -%}
  list_filter(
    regexp_extract_all(lower(regexp_replace({{ text }}, '\{[a-z_]+\}', ' ', 'g')), '[\p{L}\p{N}_]{2,}'),
    lambda word: not list_contains(
      {{ 'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split() }}, word
    )
  )
{%- endmacro %}
