{#- Words of a text that no row bears out. -#}
{%- set no_amount = 'claim is distinct from paid and (is_customers or (claim is distinct from due and claim is distinct from due_for_one'
  ~ ' and not array_contains(constant_amounts, claim)))' -%}
{%- set no_date = 'claim is distinct from ' ~ format_moment('event_date', '%B %-d') ~ ' and claim is distinct from ' ~ format_moment('booked_on', '%B %-d')
  ~ ' and claim is distinct from ' ~ format_moment('joined_at', '%B %Y') -%}
{%- set no_count = 'claim is distinct from ticket_count'
  ~ ' and (is_customers or (claim is distinct from one_ticket_less and not array_contains(constant_numbers, claim)))' -%}
{%- set no_number = 'claim is distinct from ticket_count and claim is distinct from monthly_quota::string and claim is distinct from remaining_quota'
  ~ ' and claim is distinct from refund_percent and (is_customers or not array_contains(constant_numbers, claim))' -%}
{%- set no_article = "not is_customers and claim not in ('{}', '{EVENT}') and not " ~ regex_matches('claim', regex('^[a-z]'))
  ~ ' and claim is distinct from article_title and not coalesce(contains(opening, lower(claim)), false)' -%}
{%- set no_kind = 'is_customers and event_category is not null and not array_contains(categories_by_noun[noun], event_category)' -%}
{%- set two_words = array_get('words', 'place + 1') ~ " || ' ' || " ~ array_get('words', 'place + 2') -%}
{%- set is_true_so_far = 'substr(text, 1, (place + 1)::int) = substr(refilled, 1, (place + 1)::int)' -%}
-- Every text says what its writer wrote, with the slots filled from the rows; and every fact found in its own words is its rows', too: what customers state
-- comes from their own booking, what support states from it or EventHub's policy constants. And the answer key is not given away: its names are spelled with
-- underscores (answer and escalate, plain words, are not looked for).
with

constants as (

    select
        {{ array_collect('value', condition="value like '$%'") }} as amounts,
        {{ array_collect('value', condition="value like '% _m'") }} as times,
        {{ array_collect('value', condition="unit = 'percent'") }} as percents,
        flatten({{ array_collect('regexp_extract_all(value, ' ~ regex('[0-9]+') ~ ', 0)') }}) as numbers
    from {{ ref('policies') }}

),

nouns as (

    select map_from_entries({{ array_collect(struct_of({'key': 'noun', 'value': "split(categories, ' ')"})) }}) as categories_by_noun
    from {{ ref('event_nouns') }}

),

claimed as (

    select
        claimed.*,
        restated.ticket_count,
        restated.one_ticket_less,
        restated.total_price,
        restated.reply_refund_due as refund_due,
        restated.reply_refund_percent as refund_percent,
        restated.reply_one_ticket_refund as one_ticket_refund,
        restated.booking_date::date as booked_on,
        restated.reply_remaining_quota as remaining_quota,
        lower({{ format_moment("(restated.event_date || ' ' || restated.start_time)::timestamp", '%-I:%M %p') }}) as spoken_time,
        {{ days_between('claimed.ticket_date', 'claimed.event_date') }} as days_to_event,
        {{ days_between('booked_on', 'claimed.ticket_date') }} as days_from_booking
    from {{ ref('texts_claimed') }} as claimed
    left join {{ ref('facts_restated') }} as restated
        on claimed.ticket_id = restated.ticket_id

),

-- Names of landed events and venues, of two words with a capital or more: a single word is a name as often as not.
names as (

    select title as name, {{ spelled_words('title') }} as words from {{ ref('stg_events') }}
    union all
    select name, {{ spelled_words('name') }} from {{ ref('stg_venues') }}

),

keyed as (

    select name, {{ array_get('words', 1) }} || ' ' || {{ array_get('words', 2) }} as first_words, ' ' || {{ array_join('words', ' ') }} || ' ' as said
    from names
    where {{ array_size(array_filter('words', 'word', regex_matches('word', regex('^\\p{Lu}')))) }} >= 2

),

wordings as (

    select bare, words, ' ' || {{ array_join('words', ' ') }} || ' ' as said
    from (select bare, {{ spelled_words('bare') }} as words from (select distinct bare from claimed) as different) as spelled

),

pairs as (

    select bare, said, {{ unnested(array_transform(array_range(array_size('words') ~ ' - 1'), 'place', two_words)) }} as two_words
    from wordings

),

named as (

    select pairs.bare, {{ array_collect_distinct('keyed.name') }} as names
    from pairs
    inner join keyed
        on pairs.two_words = keyed.first_words
        and contains(pairs.said, keyed.said)
    group by pairs.bare

),

expected as (

    select
        claimed.*,
        named.names,
        nouns.categories_by_noun,
        {{ event_nouns('claimed.bare') }} as nouns,
        claimed.role in ('user', 'subject') as is_customers,
        constants.amounts as constant_amounts,
        constants.times as constant_times,
        constants.percents as constant_percents,
        constants.numbers as constant_numbers,
        '$' || claimed.total_price as paid,
        '$' || claimed.refund_due as due,
        '$' || claimed.one_ticket_refund as due_for_one,
        'in ' || {{ format_day_span('claimed.days_to_event') }} as span_to_event,
        {{ format_day_span('claimed.days_from_booking') }} || ' ago' as span_from_booking,
        articles.title as article_title,
        lower(tickets.description) as opening
    from claimed
    left join {{ ref('tickets') }} as tickets
        on claimed.ticket_id = tickets.ticket_id
    left join named
        on claimed.bare = named.bare
    left join {{ ref('ticket_labels') }} as labels
        on claimed.ticket_id = labels.ticket_id
    left join {{ ref('kb_articles') }} as articles
        on labels.expected_article_id = articles.article_id
    cross join constants
    cross join nouns

),

-- claims that no row bears out
compared as (

    select
        *,
        {{ array_filter('ids', 'claim', 'claim is distinct from reservation_id') }} as false_ids,
        {{ array_filter('amounts', 'claim', no_amount) }} as false_amounts,
        {{ array_filter('dates', 'claim', no_date) }} as false_dates,
        {{ array_filter('weekdays', 'claim', 'claim is distinct from ' ~ format_moment('event_date', '%A')) }} as false_weekdays,
        {{ array_filter('times', 'claim', 'claim is distinct from spoken_time and (is_customers or not array_contains(constant_times, claim))') }} as false_times,
        {{ array_filter('counts', 'claim', no_count) }} as false_counts,
        {{ array_filter('percents', 'claim', 'is_customers or (claim is distinct from refund_percent and not array_contains(constant_percents, claim))') }} as false_percents,
        {{ array_filter('spans_ahead', 'claim', 'claim is distinct from span_to_event') }} as false_spans_ahead,
        {{ array_filter('spans_ago', 'claim', 'claim is distinct from span_from_booking') }} as false_spans_ago,
        {{ array_filter('numbers', 'claim', no_number) }} as false_numbers,
        -- a title begins with a capital: a word in small letters is one of the member's, which a question takes up, and so is what the member opened with
        {{ array_filter('quotes', 'claim', no_article) }} as false_articles,
        {{ array_filter('names', 'name', "not contains(coalesce(title, ''), name) and not contains(coalesce(venue_name, ''), name)") }} as other_names,
        {{ array_filter('nouns', 'noun', no_kind) }} as false_nouns,
        {{ array_filter('called_off', 'claim', "event_status in ('active', 'soldout')") }} as false_endings,
        (role = 'subject' or is_description) and written like '%{event_title}%' as is_to_name_event,
        (role = 'subject' or is_description) and written like '%{venue_name}%' as is_to_name_venue,
        regexp_extract(bare, {{ claim_patterns().key_name }}, 0) as key_name,
        case when {{ shows_rows() }} then {{ array_size(array_filter(array_range('length(text)'), 'place', is_true_so_far)) }} end as length_of_truth
    from expected

),

rules as (

    select
        ticket_id,
        text,
        {{ map_by_name({
            'every_slot_says_what_the_rows_hold': 'length_of_truth',
            'ids_are_the_tickets_bookings': 'instr(text, ' ~ array_get('false_ids', 1) ~ ')',
            'amounts_are_the_bookings': 'instr(text, ' ~ array_get('false_amounts', 1) ~ ')',
            'dates_are_the_events_or_the_bookings': 'instr(text, ' ~ array_get('false_dates', 1) ~ ')',
            'weekdays_are_the_events': 'instr(text, ' ~ array_get('false_weekdays', 1) ~ ')',
            'times_are_the_events': 'instr(text, ' ~ array_get('false_times', 1) ~ ')',
            'counts_are_the_bookings': 'instr(text, ' ~ array_get('false_counts', 1) ~ ')',
            'percents_are_the_policys': 'instr(text, ' ~ array_get('false_percents', 1) ~ ')',
            'spans_are_to_the_event': 'instr(text, ' ~ array_get('false_spans_ahead', 1) ~ ')',
            'spans_are_from_the_booking': 'instr(text, ' ~ array_get('false_spans_ago', 1) ~ ')',
            'numbers_are_the_rows_or_the_policys': 'instr(text, ' ~ array_get('false_numbers', 1) ~ ')',
            'articles_named_are_the_expected': 'instr(text, ' ~ array_get('false_articles', 1) ~ ')',
            'no_other_event_or_venue_is_named': 'instr(text, ' ~ array_get('other_names', 1) ~ ')',
            'event_is_of_the_kind_that_is_named': 'instr(lower(text), ' ~ array_get('false_nouns', 1) ~ ')',
            'event_is_called_off_only_where_it_is': 'instr(text, ' ~ array_get('false_endings', 1) ~ ')',
            'event_is_called_neither_over_nor_moved': 'instr(text, ' ~ array_get('called_over_or_moved', 1) ~ ')',
            'nothing_of_the_answer_key_is_given_away': 'instr(text, key_name)'
        }) }} as places,
        text = refilled as every_slot_says_what_the_rows_hold,
        {{ array_size('false_ids') }} = 0 as ids_are_the_tickets_bookings,
        {{ array_size('false_amounts') }} = 0 as amounts_are_the_bookings,
        {{ array_size('false_dates') }} = 0 as dates_are_the_events_or_the_bookings,
        {{ array_size('false_weekdays') }} = 0 as weekdays_are_the_events,
        {{ array_size('false_times') }} = 0 as times_are_the_events,
        {{ array_size('false_counts') }} = 0 as counts_are_the_bookings,
        {{ array_size('false_percents') }} = 0 as percents_are_the_policys,
        {{ array_size('false_spans_ahead') }} = 0 as spans_are_to_the_event,
        {{ array_size('false_spans_ago') }} = 0 as spans_are_from_the_booking,
        {{ array_size('false_numbers') }} = 0 as numbers_are_the_rows_or_the_policys,
        {{ array_size('false_articles') }} = 0 as articles_named_are_the_expected,
        not is_to_name_event or contains(text, title) as event_is_named_where_it_was_meant,
        not is_to_name_venue or contains(text, venue_name) as venue_is_named_where_it_was_meant,
        coalesce({{ array_size('other_names') }}, 0) = 0 as no_other_event_or_venue_is_named,
        {{ array_size('false_nouns') }} = 0 as event_is_of_the_kind_that_is_named,
        {{ array_size('false_endings') }} = 0 as event_is_called_off_only_where_it_is,
        {{ array_size('called_over_or_moved') }} = 0 as event_is_called_neither_over_nor_moved,
        key_name = '' as nothing_of_the_answer_key_is_given_away
    from compared

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='text', places='places') }}
    from rules

)

{{ checked_rules('texts', 'counted') }}
