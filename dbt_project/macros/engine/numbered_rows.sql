{#- A select of the numbers 1 .. count, count being an SQL expression over `parameters`; it streams one small table and so runs on one thread: numbered_rows_parallel is for millions. -#}
{% macro numbered_rows(count) -%}
  {{ adapter.dispatch('numbered_rows')(count) }}
{%- endmacro %}

{% macro default__numbered_rows(count) -%}
  select
    (blocks.number - 1) * {{ series_length() }} + numbers.number as number
  from {{ ref('int_numbers') }} as blocks
  cross join {{ ref('int_numbers') }} as numbers
  cross join {{ ref('int_parameters') }} as parameters
  where blocks.number <= {{ int_div_up('parameters.' ~ count, series_length()) }}
    and (blocks.number - 1) * {{ series_length() }} + numbers.number <= parameters.{{ count }}
{%- endmacro %}

{#- Spark has no join by a range: of two tables of numbers it would look at all pairs, a hundred million for any count. -#}
{% macro spark__numbered_rows(count) -%}
  {{ numbers_in_blocks(ref('int_numbers'), series_length(), count) }}
{%- endmacro %}

{% macro numbers_in_blocks(series, length, count) -%}
  select {{ broadcast_hint('blocks') }}
    blocks.block * {{ length }} + numbers.number as number
  from {{ series }} as numbers
  cross join (
    select {{ count }} as last_number, {{ unnested_range(int_div_up(count, length)) }} as block
    from {{ ref('int_parameters') }}
  ) as blocks
  where blocks.block * {{ length }} + numbers.number <= blocks.last_number
{%- endmacro %}
