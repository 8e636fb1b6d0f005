{#- Band and bucket in one number: one column to join on. -#}
{% macro bucket_key(band_key, bucket) -%}
  (({{ band_key }}) * 4294967296 | ({{ bucket }}))
{%- endmacro %}
