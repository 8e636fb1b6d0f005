-- Each entity has the rows that a var asks for, or else the landing's manifest; venues and events may grow with the bookings (requirements: vars-beat-the-manifest).
{% for entity in ['users', 'venues', 'events', 'reservations', 'kb_articles', 'tickets'] %}
    {% set may_grow = entity in ['venues', 'events'] and var(entity, none) is none %}
    {{ 'union all' if not loop.first }}
    select
        '{{ entity }}' as entity,
        coalesce({{ var_or_null(entity) }}, manifest.{{ entity }}) as asked,
        counted.row_count
    from {{ ref('stg_manifest') }} as manifest
    cross join (select count(*) as row_count from {{ ref(entity) }}) as counted
    where counted.row_count {{ '<' if may_grow else '!=' }} coalesce({{ var_or_null(entity) }}, manifest.{{ entity }})
{% endfor %}
