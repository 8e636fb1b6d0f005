{#- Where in its bucket a place lies, from the end: 0 is the last. -#}
{% macro place_in_bucket(place) -%}
  ((~({{ place }})) & {{ 2 ** (bucket_bits() | int) - 1 }})
{%- endmacro %}
