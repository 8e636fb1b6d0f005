-- Every slot of a ticket's words was filled with what the rows hold: the words are looked at once more with the slots still open.
with

texts as (

    select
        messages.ticket_id,
        messages.content as text,
        turns.text as written
    from (select *, row_number() over (partition by ticket_id order by {{ id_number('message_id') }}) as turn from {{ ref('udahub__ticket_messages') }}) as messages
    inner join {{ ref('int_turns__worded') }} as turns
        on {{ id_number('messages.ticket_id') }} = turns.ticket_number and messages.turn = turns.turn
    union all
    select
        tickets.ticket_id,
        tickets.subject as text,
        worded.subject as written
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('int_tickets__worded') }} as worded
        on tickets.ticket_id = worded.ticket_id

),

slots as (

    select
        ticket_id,
        text,
        unnest(list_distinct(regexp_extract_all(written, '\{([a-z_]+)\}', 1))) as slot
    from texts

),

said as (

    select
        slots.text,
        facts.event_date::date - facts.ticket_date as notice_days,
        facts.ticket_date - facts.booking_date::date as booked_days,
        case slots.slot
            when 'first_name' then split_part(facts.full_name, ' ', 1)
            when 'full_name' then facts.full_name
            when 'email' then facts.email
            when 'plan' then facts.plan
            when 'monthly_quota' then facts.monthly_quota
            when 'remaining_quota' then facts.remaining_quota
            when 'event_category' then facts.event_category
            when 'event_title' then facts.event_title
            when 'event_date' then strftime(facts.event_date::date, '%A, %B %-d')
            when 'event_day' then strftime(facts.event_date::date, '%A') || if(notice_days <= 6, '', strftime(facts.event_date::date, ', %B %-d'))
            when 'event_when' then if(notice_days = 1, 'tomorrow', 'in ' || {{ spoken_span('notice_days') }})
            when 'booked_ago' then case booked_days when 0 then 'today' when 1 then 'yesterday' else {{ spoken_span('booked_days') }} || ' ago' end
            when 'booking_date' then strftime(facts.booking_date::date, '%B %-d')
            when 'event_time' then strftime(strptime(facts.start_time, '%H:%M'), '%-I:%M')
            when 'event_ages' then coalesce('guests of ' || facts.youngest_guest_age, 'anyone under ' || facts.with_adult_below_age)
            when 'venue_name' then facts.venue_name
            when 'venue_parking' then facts.venue_parking
            when 'city' then facts.city
            when 'neighborhood' then coalesce(neighborhoods.spoken_name, facts.neighborhood)
            when 'order_id' then facts.reservation_id
            when 'tickets' then facts.ticket_count || if(facts.ticket_count = '1', ' ticket', ' tickets')
            when 'my_tickets' then if(facts.ticket_count = '1', 'my ticket', 'my ' || facts.ticket_count || ' tickets')
            when 'ticket_count' then facts.ticket_count
            when 'total_price' then '$' || facts.total_price
            when 'payment_method' then if(facts.payment_method = 'credit_card', 'credit card', ['PayPal', 'Apple Pay', 'Google Pay'][list_position(['paypal', 'apple_pay', 'google_pay'], facts.payment_method)])
            when 'refund_due' then '$' || facts.refund_due
            when 'refund_percent' then facts.refund_percent
            when 'refund_share' then case facts.refund_percent when '100' then 'the full price' when '0' then 'nothing' else facts.refund_percent || ' percent of the price' end
            when 'refund_outcome' then case facts.refund_percent when '100' then '$' || facts.refund_due || ', the full price' when '0' then 'nothing, as' else '$' || facts.refund_due || ', which is ' || facts.refund_percent || ' percent' end
            -- texts_rules compares months and quoted titles; any name does for an agent
            when 'member_since' then ''
            when 'article_title' then ''
            when 'agent_name' then ''
        end as value
    from slots
    inner join {{ ref('facts_restated') }} as facts
        on slots.ticket_id = facts.ticket_id
    left join {{ ref('neighborhoods') }} as neighborhoods
        on facts.city = neighborhoods.city and facts.neighborhood = neighborhoods.neighborhood

)

{{ checked_rules('texts', 'said', rows={
    'every_slot_says_what_the_rows_hold': "contains(text, value)",
}) }}
