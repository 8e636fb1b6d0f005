{#- Like rows_up_to, for millions of rows: the table it streams has many row groups, so that it runs on every thread. -#}
{% macro numbered_rows_parallel(count) -%}
  select
    (millions.number - 1) * 1000000 + int_numbers__million.number as number
  from {{ ref('int_numbers__million') }} as int_numbers__million
  cross join {{ ref('int_parameters') }} as parameters
  inner join {{ ref('int_numbers') }} as millions
    on millions.number <= {{ int_div('parameters.' ~ count ~ ' + 999999', 1000000) }}
  where (millions.number - 1) * 1000000 + int_numbers__million.number <= parameters.{{ count }}
{%- endmacro %}
