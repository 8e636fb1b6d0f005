{#- Binary digits of a place within its bucket (int_place_buckets): the bits of 32 places are a positive bigint. -#}
{% macro bucket_bits() -%}
  5
{%- endmacro %}
