{#- A capacity that bounds nothing: more than any set has bookings, and its portion fits a bigint. -#}
{% macro unbounded_capacity() -%}
  268435456
{%- endmacro %}
