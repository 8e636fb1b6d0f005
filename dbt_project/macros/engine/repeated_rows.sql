{#-
  A select of every row of the CTE `source` as many times as its column `count` says, up to the length of int_numbers, with a `rank` from 0 on. `counted` are
  the relations with all counts that occur; no CTE with another reader, since DuckDB would make a table of that. Its join takes half of the time of unnesting ranges, and the bounds of
  the ranks are known: sums with them need no look for an overflow.
-#}
{% macro repeated_rows(source, count, rank, counted) -%}
  {{ adapter.dispatch('repeated_rows')(source, count, rank, counted) }}
{%- endmacro %}

{% macro default__repeated_rows(source, count, rank, counted) -%}
  select
    {{ source }}.*,
    ranks.{{ rank }}
  from {{ source }}
  inner join (
    select counts.{{ count }} as ranks_count, numbers.number - 1 as {{ rank }}
    from (
      {%- for relation in counted %}
      {{ 'union ' if not loop.first }}select distinct {{ count }} from {{ relation }}
      {%- endfor %}
    ) as counts
    inner join {{ ref('int_numbers') }} as numbers
      on numbers.number <= counts.{{ count }}
  ) as ranks
    on {{ source }}.{{ count }} = ranks.ranks_count
{%- endmacro %}

{% macro spark__repeated_rows(source, count, rank, counted) -%}
  select
    *,
    {{ unnested_range(count) }} as {{ rank }}
  from {{ source }}
{%- endmacro %}
