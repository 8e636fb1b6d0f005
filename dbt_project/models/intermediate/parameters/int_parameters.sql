{#- Months to come in which events take place. -#}
{%- set season_months = 6 -%}
-- A var beats the manifest; events and venues that are not asked for grow with the reservations (requirements: vars-beat-the-manifest). A past
-- season (var past_months) has as many events a month as the season to come.
with

manifest as (

    select * from {{ ref('stg_manifest') }}

),

asked as (

    select
        {{ var_or_null('users') }} as users,
        {{ var_or_null('venues') }} as venues,
        {{ var_or_null('events') }} as events,
        {{ var_or_null('reservations') }} as reservations,
        {{ var_or_null('kb_articles') }} as kb_articles,
        {{ var_or_null('tickets') }} as tickets,
        {{ day_or_null('as_of') }} as as_of

),

grown as (

    select
        coalesce(asked.events, greatest(manifest.events, {{ int_div('coalesce(asked.reservations, 0)', var('reservations_per_event')) }})) as events
    from manifest
    cross join asked

),

resolved as (

    select
        coalesce(asked.as_of, manifest.as_of) as as_of,
        coalesce(asked.as_of, manifest.as_of)::timestamp as as_of_at,
        manifest.email_domains,
        (coalesce(asked.as_of, manifest.as_of) + interval {{ season_months }} month)::date as last_event_date,
        -- the last past evening is over everywhere before as_of begins
        (coalesce(asked.as_of, manifest.as_of) - interval {{ var('past_months') }} month)::date as first_past_date,
        coalesce(asked.as_of, manifest.as_of) - 2 as last_past_date,
        coalesce(asked.users, manifest.users) as users,
        coalesce(asked.venues, greatest(manifest.venues, case when asked.events is null and asked.reservations is null then 0 else {{ int_div('grown.events', var('events_per_venue')) }} end)) as venues,
        grown.events,
        {{ int_div('grown.events * ' ~ var('past_months'), season_months) }} as past_events,
        grown.events + {{ int_div('grown.events * ' ~ var('past_months'), season_months) }} as all_events,
        coalesce(asked.reservations, manifest.reservations) as reservations,
        coalesce(asked.kb_articles, manifest.kb_articles) as kb_articles,
        coalesce(asked.tickets, manifest.tickets) as tickets
    from manifest
    cross join asked
    cross join grown

)

select * from resolved
