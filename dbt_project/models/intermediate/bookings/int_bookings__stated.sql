-- Status of each booking, cut on the two status lines (guide 14.4: 85/10/5, a blocked user's all cancelled).
with

bookings as (

    select
        *,
        case when pool = 'blocked' then 'none' when slot_rank < recent_count then 'recent' else 'other' end as line,
        case when slot_rank < recent_count then first_recent + slot_rank else first_other + slot_rank - recent_count end as line_index
    from {{ ref('int_bookings__dealt') }}

),

cut as (

    select
        bookings.* exclude (line, line_index),
        lines.pending_bookings,
        lines.pending_bookings + lines.cancelled_bookings as settled_bookings,
        {{ scattered('bookings.line_index', 'lines') }} as line_place
    from bookings
    left join {{ ref('int_booking_lines') }} as lines
        on bookings.line = lines.line

)

select
    * exclude (pending_bookings, settled_bookings, line_place),
    case
        when pool = 'blocked' then 'cancelled'
        when line_place < pending_bookings then 'pending'
        when line_place < settled_bookings then 'cancelled'
        else 'confirmed'
    end as status
from cut
