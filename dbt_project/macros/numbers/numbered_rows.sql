{#- A select of the numbers 1 .. count, count being an SQL expression over `parameters`; it streams one small table and so runs on one thread: numbered_rows_parallel is for millions. -#}
{% macro numbered_rows(count) -%}
  select
    (blocks.number - 1) * {{ series_length() }} + numbers.number as number
  from {{ ref('int_numbers') }} as blocks
  cross join {{ ref('int_numbers') }} as numbers
  cross join {{ ref('int_parameters') }} as parameters
  where blocks.number <= {{ int_div_up('parameters.' ~ count, series_length()) }}
    and (blocks.number - 1) * {{ series_length() }} + numbers.number <= parameters.{{ count }}
{%- endmacro %}
