-- A var beats the manifest; events and venues that are not asked for grow with the reservations (requirements: vars-beat-the-manifest).
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
        (coalesce(asked.as_of, manifest.as_of) + interval 6 month)::date as last_event_date,
        coalesce(asked.users, manifest.users) as users,
        coalesce(asked.venues, greatest(manifest.venues, case when asked.events is null and asked.reservations is null then 0 else {{ int_div('grown.events', var('events_per_venue')) }} end)) as venues,
        grown.events,
        coalesce(asked.reservations, manifest.reservations) as reservations,
        coalesce(asked.kb_articles, manifest.kb_articles) as kb_articles,
        coalesce(asked.tickets, manifest.tickets) as tickets
    from manifest
    cross join asked
    cross join grown

)

select * from resolved
