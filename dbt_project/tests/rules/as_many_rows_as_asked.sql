-- Each entity has the rows that a var asks for, or else the landing's manifest; venues and events may grow with the bookings (requirements: vars-beat-the-manifest). A past season comes
-- on top, with as many events a month.
{% for entity in ['users', 'venues', 'events', 'reservations', 'kb_articles', 'tickets'] %}
    {% set may_grow = entity in ['venues', 'events'] and var(entity, none) is none %}
    {{ 'union all' if not loop.first }}
    select
        '{{ entity }}' as entity,
        coalesce({{ var_or_null(entity) }}, manifest.{{ entity }}) as asked,
        counted.row_count
    from {{ ref('stg_manifest') }} as manifest
    cross join (
        select count(*) as row_count from {{ ref(entity) }}{{ ' where event_date > (select as_of from ' ~ ref('int_parameters') ~ ')' if entity in ['events', 'reservations'] }}
    ) as counted
    where counted.row_count {{ '<' if may_grow else '!=' }} coalesce({{ var_or_null(entity) }}, manifest.{{ entity }})
{% endfor %}
union all
select
    'past events' as entity,
    parameters.past_events as asked,
    counted.row_count
from {{ ref('int_parameters') }} as parameters
cross join (
    select count(*) as row_count from {{ ref('events') }} where event_date < (select as_of from {{ ref('int_parameters') }})
) as counted
where counted.row_count != parameters.past_events
