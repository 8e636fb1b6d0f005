{#-
  The distinct terms of a text, as a list: slots removed, lower case, words of three letters or more without the commonest words, cut to a crude stem by
  dropping one ending.
-#}
{% macro terms_of(text) -%}
  list_distinct(list_transform(
    list_filter(
      regexp_extract_all(lower(regexp_replace({{ text }}, '\{[a-z_]+\}', ' ', 'g')), '[a-z]{3,}'),
      lambda word: not list_contains(string_split('the and for are you your our with that this can not but was has have had its from they them then there will what when where how who which why she her him his one any all out now get got just into than too very been were also does did about would could should please thanks thank hello dear hey want need like make still even know tell let', ' '), word)
    ),
    lambda word: regexp_replace(word, '(ings?|ed|es|s|ly)$', '')
  ))
{%- endmacro %}
