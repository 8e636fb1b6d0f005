{#- The sentences of a text that have so many words or more, each as its words in lower case, so that case, marks and slots' braces do not count. -#}
{% macro sentences_of(text, least_words) -%}
  list_distinct(list_transform(
    list_filter(
      list_transform(string_split_regex({{ text }}, '[.!?\n]+'), lambda sentence: {{ words_of('sentence') }}),
      lambda words: len(words) >= {{ least_words }}
    ),
    lambda words: array_to_string(words, ' ')
  ))
{%- endmacro %}
