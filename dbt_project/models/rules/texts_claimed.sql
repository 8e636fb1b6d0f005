{%- set filled_part = 'case when ' ~ starts_with('part', "'{'") ~ ' then coalesce(' ~ slot_value('part', 'slots') ~ ', part) else part end' -%}
{%- set emptied_part = "case when part = '{event_title}' then '{EVENT}' when " ~ starts_with('part', "'{'") ~ " then '{}' else part end" -%}
{%- set patterns = claim_patterns() -%}
{%- set one_a_sentence = regex_replace('bare', patterns.second_in_a_sentence, '') -%}
{%- set sentences = 'regexp_extract_all(' ~ one_a_sentence ~ ', ' ~ patterns.sentence ~ ', 0)' -%}
-- What each text of a ticket claims, read from its words. A slot's value is no claim of the writer: it is the row's, whatever stands beside it, and may hold
-- numbers and quotes itself. So where a text is its written words with the slots filled, claims are looked for in those words with the slots empty.
with

turns as (

    select
        ticket_id,
        role,
        content,
        row_number() over (partition by ticket_id order by {{ id_number('message_id') }}) as turn
    from {{ ref('udahub__ticket_messages') }}

),

texts as (

    select
        turns.ticket_id,
        turns.role,
        turns.content as text,
        written.text as written,
        turns.turn = 1 as is_description
    from turns
    left join {{ ref('int_messages__text') }} as written
        on turns.ticket_id = {{ sequential_id('t', 'written.ticket_number') }} and turns.turn = written.turn
    union all
    select
        tickets.ticket_id,
        'subject' as role,
        tickets.subject as text,
        written.subject as written,
        false as is_description
    from {{ ref('tickets') }} as tickets
    left join {{ ref('int_tickets__worded') }} as written
        on tickets.ticket_id = {{ sequential_id('t', 'written.ticket_number') }}
    union all
    select
        tickets.ticket_id,
        'note' as role,
        tickets.agent_notes as text,
        written.written_notes as written,
        false as is_description
    from {{ ref('tickets') }} as tickets
    left join {{ ref('int_tickets__agent_notes') }} as written
        on tickets.ticket_id = {{ sequential_id('t', 'written.ticket_number') }}
    where tickets.agent_notes is not null
    union all
    select
        ticket_id,
        'tags' as role,
        tags as text,
        tags as written,
        false as is_description
    from {{ ref('udahub__ticket_metadata') }}

),

parts as (

    select
        *,
        regexp_extract_all(written, {{ regex('\\{[a-z_]+\\}|[^{]+|\\{') }}, 0) as parts
    from texts

),

filled as (

    select
        parts.ticket_id,
        parts.role,
        parts.text,
        parts.written,
        parts.is_description,
        coalesce(slots.article_title, '{}') as article_title,
        coalesce(slots.event_title, '{}') as event_title,
        coalesce(slots.venue_name, '{}') as venue_name,
        coalesce(slots.email, '{}') as email,
        coalesce(slots.full_name, '{}') as full_name,
        {{ array_join(array_transform('parts.parts', 'part', filled_part), '') }} as refilled,
        {{ array_join(array_transform('parts.parts', 'part', emptied_part), '') }} as own_words
    from parts
    left join {{ ref('slot_values_recomputed') }} as slots
        on parts.ticket_id = slots.ticket_id

),

searched as (

    select
        *,
        -- a text that does not say what it should is searched as it stands, less the names of its rows; so is what stands behind its words
        case
            when text = refilled then own_words
            when {{ starts_with('text', 'refilled') }} then own_words || substr(text, length(refilled) + 1)
            else replace(replace(replace(replace(replace(text, article_title, '{}'), event_title, '{EVENT}'), venue_name, '{}'), email, '{}'), full_name, '{}')
        end as bare
    from filled

),

hinted as (

    select
        *,
        {{ regex_matches('bare', regex('[0-9]')) }} as has_digits,
        {{ regex_matches('bare', patterns.hint_of_a_change) }} as may_speak_of_a_change
    from searched

),

stated as (

    select
        *,
        case
            when not may_speak_of_a_change then {{ array_of([]) }}
            else {{ array_filter(sentences, 'sentence', 'not ' ~ regex_matches('sentence', patterns.not_stated)) }}
        end as statements
    from hinted

)

select
    stated.ticket_id,
    stated.role,
    stated.text,
    stated.written,
    stated.refilled,
    stated.bare,
    stated.is_description,
    tickets.user_id,
    tickets.reservation_id,
    tickets.event_id,
    tickets.created_at as ticket_created_at,
    {{ local_date('tickets.created_at') }} as ticket_date,
    users.full_name,
    users.email,
    users.created_at as joined_at,
    users.monthly_quota,
    events.title,
    events.category as event_category,
    events.venue_name,
    events.event_date,
    events.start_time,
    events.status as event_status,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.amount }}, 0) end as amounts,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.id }}, 0) end as ids,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.date }}, 0) end as dates,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.time }}, 0) end as times,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.count }}, 1) end as counts,
    case when not stated.has_digits then {{ array_of([]) }} else regexp_extract_all(stated.bare, {{ patterns.percent }}, 1) end as percents,
    case
        when not stated.has_digits then {{ array_of([]) }}
        else regexp_extract_all({{ regex_replace('stated.bare', patterns.other_than_a_number, '') }}, {{ patterns.number }}, 0)
    end as numbers,
    regexp_extract_all(stated.bare, {{ patterns.weekday }}, 0) as weekdays,
    regexp_extract_all(stated.bare, {{ patterns.span_ahead }}, 0) as spans_ahead,
    regexp_extract_all(stated.bare, {{ patterns.span_ago }}, 0) as spans_ago,
    {{ array_transform('regexp_extract_all(stated.bare, ' ~ patterns.quote ~ ', 0)', 'quote', 'trim(both \' ("“”«»‘’\'\'\' from quote)') }} as quotes,
    {{ array_filter('stated.statements', 'sentence', regex_matches('sentence', patterns.called_off)) }} as called_off,
    {{ array_filter('stated.statements', 'sentence', regex_matches('sentence', patterns.over_or_moved)) }} as called_over_or_moved
from stated
left join {{ ref('tickets') }} as tickets
    on stated.ticket_id = tickets.ticket_id
left join {{ ref('users') }} as users
    on tickets.user_id = users.user_id
left join {{ ref('events') }} as events
    on tickets.event_id = events.event_id
