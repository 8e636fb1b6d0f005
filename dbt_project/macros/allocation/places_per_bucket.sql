{#- Places of a band that int_event_places holds under one key: with fewer, an event stands in more rows; with more, a booking is compared with more events. -#}
{% macro places_per_bucket() -%}
  64
{%- endmacro %}
