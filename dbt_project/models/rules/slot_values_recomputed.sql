-- What each slot of a ticket's words says, worked out once more from the marts. Two are no mart's: which agent signs, and which article is named where
-- none answers.
with

facts as (

    select
        *,
        (event_date || ' ' || start_time)::timestamp as starts_at,
        {{ days_between('ticket_date', 'event_date::date') }} as notice_days,
        {{ days_between('booking_date::date', 'ticket_date') }} as booked_days
    from {{ ref('facts_restated') }}

),

articles as (

    select
        labels.ticket_id,
        articles.title
    from {{ ref('ticket_labels') }} as labels
    inner join {{ ref('kb_articles') }} as articles
        on labels.expected_article_id = articles.article_id

),

chosen as (

    select
        {{ sequential_id('t', 'ticket_number') }} as ticket_id,
        agent_name,
        article_title
    from {{ ref('int_tickets__slot_values') }}

)

select
    facts.ticket_id,
    split_part(facts.full_name, ' ', 1) as first_name,
    facts.full_name,
    facts.email,
    facts.plan,
    facts.monthly_quota,
    {{ format_moment('facts.joined_at', '%B %Y') }} as member_since,
    facts.event_title,
    facts.venue_name,
    facts.city,
    coalesce(neighborhoods.spoken_name, facts.neighborhood) as neighborhood,
    {{ format_moment('facts.starts_at', '%A, %B %-d') }} as event_date,
    {{ format_moment('facts.starts_at', '%A') }} || if(facts.notice_days <= 6, '', {{ format_moment('facts.starts_at', ', %B %-d') }}) as event_day,
    lower({{ format_moment('facts.starts_at', '%-I:%M %p') }}) as event_time,
    if(facts.notice_days = 1, 'tomorrow', 'in ' || {{ format_day_span('facts.notice_days') }}) as event_when,
    facts.reservation_id as order_id,
    facts.ticket_count || if(facts.ticket_count = '1', ' ticket', ' tickets') as tickets,
    if(facts.ticket_count = '1', 'my ticket', 'my ' || facts.ticket_count || ' tickets') as my_tickets,
    facts.ticket_count,
    '$' || facts.total_price as total_price,
    {{ format_moment('facts.booking_date::date', '%B %-d') }} as booking_date,
    case facts.booked_days when 0 then 'today' when 1 then 'yesterday' else {{ format_day_span('facts.booked_days') }} || ' ago' end as booked_ago,
    case facts.payment_method
        when 'credit_card' then 'credit card'
        when 'paypal' then 'PayPal'
        when 'apple_pay' then 'Apple Pay'
        when 'google_pay' then 'Google Pay'
    end as payment_method,
    chosen.agent_name,
    coalesce(articles.title, chosen.article_title) as article_title,
    '$' || facts.reply_refund_due as refund_due,
    facts.reply_refund_percent as refund_percent,
    facts.refund_days || ' business days' as refund_days,
    '$' || facts.reply_one_ticket_refund as one_ticket_refund,
    facts.one_ticket_less || if(facts.one_ticket_less = '1', ' ticket', ' tickets') as tickets_kept,
    facts.reply_remaining_quota as remaining_quota,
    case facts.reply_refund_percent when '100' then 'the full price' when '0' then 'nothing' else facts.reply_refund_percent || ' percent of the price' end as refund_share,
    case facts.reply_refund_percent
        when '100' then '$' || facts.reply_refund_due || ', the full price'
        when '0' then 'nothing, as the event is too close'
        else '$' || facts.reply_refund_due || ', which is ' || facts.reply_refund_percent || ' percent of the price'
    end as refund_outcome,
    facts.event_category,
    coalesce(
        'a comedy night and only for guests of ' || facts.youngest_guest_age || ' and older',
        'open to children: an adult comes along for anyone under ' || facts.with_adult_below_age || ', and under ' || facts.no_ticket_below_age
        || ' they share a seat without a ticket'
    ) as event_ages,
    facts.venue_parking
from facts
left join {{ ref('neighborhoods') }} as neighborhoods
    on facts.city = neighborhoods.city and facts.neighborhood = neighborhoods.neighborhood
left join articles
    on facts.ticket_id = articles.ticket_id
left join chosen
    on facts.ticket_id = chosen.ticket_id
