{#- The sentences of a text that have so many words or more, each as its words in lower case, so that case, marks and slots' braces do not count. -#}
{% macro sentences_of(text, least_words) -%}
  {%- set sentences = array_transform(regex_split(text, '[.!?\\n]+'), 'sentence', words_of('sentence')) -%}
  {%- set long_ones = array_filter(sentences, 'words', array_size('words') ~ ' >= ' ~ least_words) -%}
  array_distinct({{ array_transform(long_ones, 'words', array_join('words', ' ')) }})
{%- endmacro %}
