{% macro words_of(text) -%}
  regexp_extract_all(lower({{ text }}), {{ regex('\\p{L}+') }}, 0)
{%- endmacro %}
