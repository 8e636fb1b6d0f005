{#- The words and numbers of a text as they are spelled, as a list: names are compared without the marks between their words. -#}
{% macro spelled_words(text) -%}
  regexp_extract_all({{ text }}, {{ regex('[\\p{L}\\p{N}]+') }}, 0)
{%- endmacro %}
