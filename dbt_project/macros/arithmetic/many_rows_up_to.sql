{#- Like rows_up_to, for millions of rows: the table it streams has many row groups, so that it runs on every thread. -#}
{% macro many_rows_up_to(count) -%}
  select
    (millions.number - 1) * 1000000 + row_numbers.number as number
  from {{ ref('row_numbers') }} as row_numbers
  cross join {{ ref('parameters') }} as parameters
  inner join {{ ref('numbers') }} as millions
    on millions.number <= {{ whole('parameters.' ~ count ~ ' + 999999', 1000000) }}
  where (millions.number - 1) * 1000000 + row_numbers.number <= parameters.{{ count }}
{%- endmacro %}
