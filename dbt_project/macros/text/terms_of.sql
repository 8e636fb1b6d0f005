{#-
  The terms of a text, as a list: slots removed, lower case, words of three letters or more without the commonest words (var stop_words), cut to a crude
  stem by dropping one ending.
-#}
{% macro terms_of(text) -%}
  list_transform(
    list_filter(
      regexp_extract_all(lower(regexp_replace({{ text }}, '\{[a-z_]+\}', ' ', 'g')), '[a-z]{3,}'),
      lambda word: not list_contains({{ (var('stop_words') | string).split() }}, word)
    ),
    lambda word: regexp_replace(word, '(ings?|ed|es|s|ly)$', '')
  )
{%- endmacro %}
