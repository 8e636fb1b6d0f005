{%- set actors = ['member', 'desk', 'block'] -%}
-- depends_on: {{ ref('int_events__scheduled') }}
-- Every booking as it is at as_of: one that was cancelled in a ticket, by support or after its answer by the member, was cancelled then
-- (int_tickets__done), not on the day that was drawn for it. What a member cancels alone is of no ticket. Of a past
-- season it also says who attended, by standard time of California (requirements: one-metro-area).
select
    {{ columns_except(['cancelled_at', 'cancelled_by'], of='bookings') }},
    coalesce(done.done_at, bookings.cancelled_at) as cancelled_at,
    case when done.done_at is null or done.actor = 'member' then bookings.cancelled_by else {{ enum_value('desk', actors) }} end as cancelled_by,
    {{ attended_at('bookings', 'scheduled') if has_past_season() else 'null::timestamp' }} as attended_at,
    case when coalesce(done.actor, '') != 'member' then done.ticket_id end as ticket_id
from {{ ref('int_bookings__priced') }} as bookings
left join {{ ref('int_tickets__done') }} as done
    on bookings.booking_number = done.booking_number
    and done.effect = 'cancelled_booking'
{% if has_past_season() %}
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on bookings.event_number = scheduled.event_number
{% endif %}
