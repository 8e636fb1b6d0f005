{#- Events that each band of a class has on average at least, so that every band has room (docs/how-bookings-are-assigned.md). -#}
{% macro least_events_per_band() -%}
  3
{%- endmacro %}
