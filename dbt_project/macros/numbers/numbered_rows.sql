{#- A select of the numbers 1 .. count, count being an SQL expression over `parameters`; it streams one small table and so runs on one thread: many_rows_up_to is for millions. -#}
{% macro numbered_rows(count) -%}
  select
    (thousands.number - 1) * 10000 + numbers.number as number
  from {{ ref('int_numbers') }} as thousands
  cross join {{ ref('int_numbers') }} as numbers
  cross join {{ ref('int_parameters') }} as parameters
  where thousands.number <= {{ int_div('parameters.' ~ count ~ ' + 9999', 10000) }}
    and (thousands.number - 1) * 10000 + numbers.number <= parameters.{{ count }}
{%- endmacro %}
