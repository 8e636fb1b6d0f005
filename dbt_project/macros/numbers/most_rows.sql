{#-
  Rows of an entity that one build can number and allocate: users and bookings as export/dbt_plugins/variables.py has it (MOST_ROWS), other entities what numbered_rows
  reaches, and bookings of a past season what a line of draw_below holds, less a margin, as they are no exact count.
-#}
{% macro most_rows(entity) -%}
  {%- set numbered = series_length() | int * series_length() | int -%}
  {{ {'users': 1000000000, 'reservations': 1000000000, 'past reservations': 2000000000}.get(entity, numbered) }}
{%- endmacro %}
