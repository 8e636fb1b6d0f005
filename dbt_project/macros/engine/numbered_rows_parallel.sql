{#- Like numbered_rows, for millions of rows: the table it streams has many row groups, so that it runs on every thread. -#}
{% macro numbered_rows_parallel(count) -%}
  {{ adapter.dispatch('numbered_rows_parallel')(count) }}
{%- endmacro %}

{% macro default__numbered_rows_parallel(count) -%}
  select
    (blocks.number - 1) * {{ long_series_length() }} + int_numbers__million.number as number
  from {{ ref('int_numbers__million') }} as int_numbers__million
  cross join {{ ref('int_parameters') }} as parameters
  inner join {{ ref('int_numbers') }} as blocks
    on blocks.number <= {{ int_div_up('parameters.' ~ count, long_series_length()) }}
  where (blocks.number - 1) * {{ long_series_length() }} + int_numbers__million.number <= parameters.{{ count }}
{%- endmacro %}

{% macro spark__numbered_rows_parallel(count) -%}
  {{ numbers_in_blocks(ref('int_numbers__million'), long_series_length(), count) }}
{%- endmacro %}
