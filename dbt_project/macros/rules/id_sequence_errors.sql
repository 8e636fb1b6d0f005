{#-
  Rows whose id is not the prefix and a number as it is written (requirements: sequential-ids), and how far the numbers are from 1 .. count; such an id, or the highest: a column
  beside count_violations.
-#}
{% macro id_sequence_errors(prefix, id) -%}
  {%- set number = 'try_cast(substr(' ~ id ~ ', ' ~ (prefix | length + 2) ~ ') as bigint)' -%}
  {%- set is_written_otherwise = id ~ ' is distinct from ' ~ sequential_id(prefix, number) -%}
  {{ struct_of({
    'violations': 'count(*) filter (where ' ~ is_written_otherwise ~ ') + abs(count(*) - coalesce(max(' ~ number ~ '), 0))',
    'example': 'coalesce(min(' ~ id ~ ') filter (where ' ~ shows_rows() ~ ' and ' ~ is_written_otherwise ~ '), max(' ~ id ~ ') filter (where ' ~ shows_rows() ~ '))'
  }) }}
{%- endmacro %}
