{#- Binary digits of a place within its bucket of int_event_places: with fewer, an event stands in more rows; with more, a booking is compared with more events. -#}
{% macro bucket_bits() -%}
  6
{%- endmacro %}
