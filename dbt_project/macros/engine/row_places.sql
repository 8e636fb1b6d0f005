{#-
  A CTE `name` with all columns of the CTE `source` and the `place` of each row, from 1, in the order of `order_by`, columns that order them without a tie; of a
  `partition`, or of all. Rows may be many more than one task holds (macro running_totals, which says what cut and block_size are).
-#}
{% macro row_places(name, source, place, order_by, cut, partition=none, block_size=65536) -%}
  {{ adapter.dispatch('row_places')(name, source, place, order_by, cut, partition, block_size) }}
{%- endmacro %}

{% macro default__row_places(name, source, place, order_by, cut, partition, block_size) -%}
{{ name }} as (

    select
        *,
        row_number() over ({{ 'partition by ' ~ partition ~ ' ' if partition }}order by {{ order_by | join(', ') }}) as {{ place }}
    from {{ source }}

)
{%- endmacro %}

{% macro spark__row_places(name, source, place, order_by, cut, partition, block_size) -%}
  {{ running_totals(name, source, {place: '1::bigint'}, order_by, partition=partition, cut=cut, block_size=block_size) }}
{%- endmacro %}
