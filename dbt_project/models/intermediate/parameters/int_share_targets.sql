-- Rows that each exact share asks for at the volume of this build, by largest remainder (requirements: shares-are-exact).
with

totals as (

    select 'users' as entity, users as total from {{ ref('int_parameters') }}
    union all
    select 'venues', venues from {{ ref('int_parameters') }}
    union all
    select 'events', events from {{ ref('int_parameters') }}
    union all
    select 'reservations', reservations from {{ ref('int_parameters') }}
    union all
    select 'kb_articles', kb_articles from {{ ref('int_parameters') }}
    union all
    select 'tickets', tickets from {{ ref('int_parameters') }}

),

quotas as (

    select
        shares.attribute,
        shares.position,
        shares.value,
        shares.share,
        attributes.entity,
        attributes.dealt_by,
        attributes.tolerance_rows,
        totals.total,
        {{ int_div('shares.share * totals.total', 100) }} as whole_rows,
        shares.share * totals.total % 100 as remainder
    from {{ ref('shares') }} as shares
    inner join {{ ref('share_attributes') }} as attributes
        on shares.attribute = attributes.attribute
    inner join totals
        on attributes.entity = totals.entity

)

select
    entity,
    attribute,
    position,
    value,
    share,
    dealt_by,
    tolerance_rows,
    total,
    (whole_rows + (
        row_number() over (partition by attribute order by remainder desc, position)
        <= total - sum(whole_rows) over (partition by attribute)
    )::bigint)::bigint as row_count
from quotas
