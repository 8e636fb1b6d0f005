{#- The words of a text, in lower case, as a list. -#}
{% macro words_of(text) -%}
  regexp_extract_all(lower({{ text }}), {{ regex('\\p{L}+') }}, 0)
{%- endmacro %}
