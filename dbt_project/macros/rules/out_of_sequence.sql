{#- Rows whose id is not the prefix and a number as it is written (contract 2), and how far the numbers are from 1 .. count: a count for checked_rules. -#}
{% macro out_of_sequence(prefix, id) -%}
  {%- set number = 'try_cast(substr(' ~ id ~ ', ' ~ (prefix | length + 2) ~ ') as bigint)' -%}
  count(*) filter (where {{ id }} is distinct from {{ sequential_id(prefix, number) }}) + abs(count(*) - coalesce(max({{ number }}), 0))
{%- endmacro %}
