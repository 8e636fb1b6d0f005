{%- set statuses = ['confirmed', 'cancelled', 'pending'] -%}
-- Status of each booking, cut on the lines of int_booking_lines (requirements: shares-of-bookings, bookings-of-blocked-members).
with

bookings as (

    select
        *,
        case {{ 'when ' ~ is_past_class('class_number') ~ ' then 4 ' if has_past_season() }}when {{ is_blocked_class('class_number') }} then 3 when slot_rank < recent_count then 1 else 2 end as status_line,
        case when slot_rank < recent_count then first_recent + slot_rank else booking_number - 1 - first_recent - recent_count end as line_index
    from {{ ref('int_bookings__assigned') }}

),

-- what two numbers of a line make is made once a line
lines as (

    select
        *,
        pending_bookings + cancelled_bookings as settled_bookings
    from {{ ref('int_booking_lines') }}

),

cut as (

    select
        {{ columns_except(['status_line', 'line_index', 'recent_count', 'first_recent'], of='bookings') }},
        lines.pending_bookings,
        lines.settled_bookings,
        {{ permuted('bookings.line_index', 'lines') }} as line_place
    from bookings
    inner join lines
        on bookings.status_line = lines.line_number

)

select {{ cut_hint() }}
    {{ columns_except(['pending_bookings', 'settled_bookings', 'line_place']) }},
    case
        when line_place < pending_bookings then {{ enum_value('pending', statuses) }}
        when line_place < settled_bookings then {{ enum_value('cancelled', statuses) }}
        else {{ enum_value('confirmed', statuses) }}
    end as status
from cut
