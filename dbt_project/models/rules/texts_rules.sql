-- Every fact found in the words of a ticket is its rows': what customers state comes from their own booking, what support states from it or the house's
-- constants. And the answer key is not given away: its names are spelled with underscores (answer and escalate, plain words, are not looked for).
with

constants as (

    select
        list(value) filter (where value like '$%') as amounts,
        list(value) filter (where value like '% _m') as times,
        list(value) filter (where unit = 'percent') as percents,
        flatten(list(regexp_extract_all(value, '[0-9]+'))) as numbers
    from {{ ref('policies') }}

),

expected as (

    select
        claimed.*,
        claimed.role in ('user', 'subject') as is_customers,
        constants.amounts as constant_amounts,
        constants.times as constant_times,
        constants.percents as constant_percents,
        constants.numbers as constant_numbers,
        restated.ticket_count,
        '$' || restated.total_price as paid,
        '$' || restated.refund_due as due,
        restated.refund_percent,
        restated.booking_date::date as booked_on,
        restated.remaining_quota,
        worded.subject as written_subject,
        worded.description as written_description,
        articles.title as article_title,
        strftime(('2000-01-01 ' || claimed.start_time || ':00')::timestamp, '%-I:%M ') || case when claimed.start_time < '12:00' then 'am' else 'pm' end as spoken_time
    from {{ ref('texts_claimed') }} as claimed
    left join {{ ref('int_tickets__worded') }} as worded
        on claimed.ticket_id = worded.ticket_id
    left join {{ ref('facts_restated') }} as restated
        on claimed.ticket_id = restated.ticket_id
    left join {{ ref('ticket_labels') }} as labels
        on claimed.ticket_id = labels.ticket_id
    left join {{ ref('kb_articles') }} as articles
        on labels.expected_article_id = articles.article_id
    cross join constants

),

compared as (

    select
        *,
        case role when 'subject' then written_subject else written_description end as written
    from expected

)

{{ checked_rules('texts', 'compared', rows={
    'ids_are_the_tickets_bookings': "list_has_all([reservation_id], ids)",
    'amounts_are_the_bookings': "list_has_all(case when is_customers then [paid] else list_concat(constant_amounts, [paid, due]) end, amounts)",
    'dates_are_the_events_or_the_bookings': "list_has_all([strftime(event_date, '%B %-d'), strftime(booked_on, '%B %-d'), strftime(joined_at, '%B %Y')], dates)",
    'weekdays_are_the_events': "list_has_all([strftime(event_date, '%A')], weekdays)",
    'times_are_the_events': "list_has_all(case when is_customers then [spoken_time] else list_concat(constant_times, [spoken_time]) end, times)",
    'counts_are_the_bookings': "list_has_all(case when is_customers then [ticket_count] else list_concat(constant_numbers, [ticket_count]) end, counts)",
    'percents_are_the_policys': "list_has_all(list_concat(constant_percents, [refund_percent]), percents) and (not is_customers or len(percents) = 0)",
    'spans_are_to_the_event': "list_has_all(['in ' || " ~ spoken_span("date_diff('day', ticket_date, event_date)") ~ "], spans_ahead)",
    'spans_are_from_the_booking': "list_has_all([" ~ spoken_span("date_diff('day', booked_on, ticket_date)") ~ " || ' ago'], spans_ago)",
    'numbers_are_the_rows_or_the_houses': "list_has_all(list_concat(case when is_customers then [] else constant_numbers end, [ticket_count, monthly_quota::varchar, remaining_quota, refund_percent]), numbers)",
    'articles_named_are_the_expected': "is_customers or article_title is null or list_has_all([article_title], quotes)",
    'event_is_named_where_it_was_meant': "not (role = 'subject' or is_description) or written not like '%{event_title}%' or contains(text, title)",
    'venue_is_named_where_it_was_meant': "not (role = 'subject' or is_description) or written not like '%{venue_name}%' or contains(text, venue_name)",
    'nothing_of_the_answer_key_is_given_away': "not regexp_matches(bare, 'kb_[0-9]|[A-Za-z]_[A-Za-z]')",
}) }}
