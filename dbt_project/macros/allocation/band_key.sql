{#- Class and band in one number. There are fewer bands than this (var most_bookings_per_blocked_user). -#}
{% macro band_key(class_number, band) -%}
  (({{ class_number }}) * 65536 | ({{ band }}))
{%- endmacro %}
