with

parameters as (

    select * from {{ ref('int_parameters') }}

),

shares as (

    select * from {{ ref('shares') }}

),

attributes as (

    select * from {{ ref('share_attributes') }}

),

totals as (

    select 'users' as entity, users as total from parameters
    union all
    select 'venues', venues from parameters
    union all
    select 'events', events from parameters
    union all
    select 'reservations', reservations from parameters
    union all
    select 'kb_articles', kb_articles from parameters
    union all
    select 'tickets', tickets from parameters

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
    from shares
    inner join attributes
        on shares.attribute = attributes.attribute
    inner join totals
        on attributes.entity = totals.entity

),

targets as (

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

)

select * from targets
