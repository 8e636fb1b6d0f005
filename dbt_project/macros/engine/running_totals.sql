{#-
  A CTE `name` with all columns of the CTE `source` and running totals: `totals` maps the name of each to what is added up, or to what `aggregate` else (max)
  is taken of, over the rows up to each in the order of `order_by`, columns that order them without a tie. `partition` is a column, or none.

  Rows may be many more than one task holds. So on an engine of many machines the totals are made in two levels: blocks of the `cut` column, one of
  order_by, have `block_size` of its numbers each; a window over the few blocks says what is before each, and a window within the block adds the rest. On one
  machine that costs half as much again. Without a cut there is one level: for partitions that one task holds.

  is_before: the total of the rows before each, without it; null before the first. bits: only so many lowest bits of a sum are wanted, and may be all that is right.
  key_types: narrower types for columns of order_by that hold their values. A sort on one machine costs by the bytes of its keys, and up to eight are one number.
-#}
{% macro running_totals(name, source, totals, order_by, partition=none, cut=none, block_size=65536, aggregate='sum', is_before=false, bits=none, key_types={}) -%}
  {{ adapter.dispatch('running_totals')(name, source, totals, order_by, partition, cut, block_size, aggregate, is_before, bits, key_types) }}
{%- endmacro %}

{% macro default__running_totals(name, source, totals, order_by, partition, cut, block_size, aggregate, is_before, bits, key_types) -%}
{%- set keys = [] -%}
{%- for column in order_by %}{% do keys.append(column ~ ('::' ~ key_types[column] if column in key_types else '')) %}{% endfor -%}
{{ name }} as (

    select
        *,
        {%- for total, value in totals.items() %}
        {{ aggregate }}({{ value }}) over (
            {{ 'partition by ' ~ partition ~ ' ' if partition }}order by {{ keys | join(', ') }}
            rows between unbounded preceding and {{ '1 preceding' if is_before else 'current row' }}
        ) as {{ total }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ source }}

)
{%- endmacro %}

{% macro spark__running_totals(name, source, totals, order_by, partition, cut, block_size, aggregate, is_before, bits, key_types) -%}
{%- set leading = order_by[:order_by.index(cut)] if cut else [] -%}
{%- set keys = ([partition] if partition else []) + leading -%}
{%- set until = '1 preceding' if is_before else 'current row' -%}
{%- if cut %}
{{ name }}_blocks as (

    select
        {{ (keys + [int_div(cut, block_size)]) | join(', ') }} as block_number,
        {%- for total, value in totals.items() %}
        {{ aggregate }}({{ low_bits(value, bits) if bits else value }}) as {{ total }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ source }}
    group by {{ (keys + [int_div(cut, block_size)]) | join(', ') }}

),

{{ name }}_before as (

    select
        {% for key in keys %}{{ key }} as block_{{ key }}, {% endfor %}block_number,
        {%- for total in totals %}
        {%- set before -%}
          {{ aggregate }}({{ wide_integer(total) if bits else total }}) over (
            {{- 'partition by ' ~ partition ~ ' ' if partition }}order by {{ (leading + ['block_number']) | join(', ') }} rows between unbounded preceding and 1 preceding)
        {%- endset %}
        {{ low_bits(before, bits) if bits else before }} as {{ total }}_before{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ name }}_blocks

),
{% endif %}
{{ name }} as (

    select{{ ' ' ~ broadcast_hint(name ~ '_before') if cut }}
        {{ source }}.*,
        {%- for total, value in totals.items() %}
        {%- set within -%}
          {{ aggregate }}({{ low_bits(value, bits) if bits else value }}) over (
            {{- 'partition by ' ~ (keys + ['block_number'] if cut else keys) | join(', ') ~ ' ' if cut or partition -}}
            order by {{ order_by | join(', ') }} rows between unbounded preceding and {{ until }})
        {%- endset %}
        {%- if not cut %}
        {{ within }}
        {%- elif aggregate == 'sum' %}
        coalesce({{ total }}_before, 0) + {{ 'coalesce(' ~ within ~ ', 0)' if is_before else within }}
        {%- else %}
        greatest({{ total }}_before, {{ within }})
        {%- endif %} as {{ total }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ source }}
    {%- if cut %}
    inner join {{ name }}_before
        on {% for key in keys %}{{ key }} = block_{{ key }} and {% endfor %}{{ int_div(cut, block_size) }} = block_number
    {%- endif %}

)
{%- endmacro %}
