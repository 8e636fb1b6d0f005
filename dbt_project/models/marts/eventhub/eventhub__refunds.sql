-- A refund that support gave in a ticket names it; all others follow the member's own cancellation.
select
    {{ sequential_id('f', 'refund_number') }} as refund_id,
    {{ sequential_id('r', 'booking_number') }} as reservation_id,
    (amount_cents / 100)::decimal(10, 2) as amount,
    percent,
    ticket_count,
    payment_method::string as method,
    case when paid_at is null then 'requested' else 'paid' end as status,
    requested_at,
    paid_at,
    ticket_id
from {{ ref('int_refunds') }}
