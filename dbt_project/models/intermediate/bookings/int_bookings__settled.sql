{%- set actors = ['member', 'desk', 'block'] -%}
{#- Who attends comes so long after the beginning at the latest, and before the end. -#}
{%- set latest = minutes(25) -%}
-- depends_on: {{ ref('int_events__scheduled') }}
-- Every booking as it is at as_of: one that was cancelled in a ticket, by support or after its answer by the member, was cancelled then
-- (int_tickets__done), not on the day that was drawn for it. What a member cancels alone is of no ticket. Of a past
-- season it also says who attended, by standard time of California (requirements: one-metro-area).
select
    bookings.* replace (
        coalesce(done.done_at, bookings.cancelled_at) as cancelled_at,
        case when done.done_at is null or done.actor = 'member' then bookings.cancelled_by else {{ enum_value('desk', actors) }} end as cancelled_by
    ),
    {% if has_past_season() %}
        case
            when bookings.status = 'confirmed' and scheduled.day_number < 0 and {{ draw_below('attended', 'bookings.booking_number', 100) }} < {{ var('attended_percent') }}
                then {{ seconds_after("(scheduled.event_date || ' ' || scheduled.start_time || ':00')::timestamp", hours(8) ~ ' + 1 + ' ~ draw_below('attended moment', 'bookings.booking_number', 'greatest(1, least(' ~ latest ~ ', ' ~ minutes('scheduled.duration_minutes') ~ ' - 2))')) }}
        end as attended_at,
    {% else %}
        null::timestamp as attended_at,
    {% endif %}
    case when done.actor is distinct from 'member' then done.ticket_id end as ticket_id
from {{ ref('int_bookings__priced') }} as bookings
left join {{ ref('int_tickets__done') }} as done
    on bookings.booking_number = done.booking_number
    and done.effect = 'cancelled_booking'
{% if has_past_season() %}
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on bookings.event_number = scheduled.event_number
{% endif %}
