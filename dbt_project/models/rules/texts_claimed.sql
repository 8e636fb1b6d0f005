-- What each text of a ticket claims, read from the words alone: amounts, ids, dates, times, counts, spans and all other numbers. What the rows themselves
-- call by name (event, venue, member) is taken out before, since a title may hold a number or a weekday; so are quoted titles of articles.
with

texts as (

    select ticket_id, role, content as text, turn = 1 as is_description
    from (
        select *, row_number() over (partition by ticket_id order by {{ id_number('message_id') }}) as turn
        from {{ ref('udahub__ticket_messages') }}
    ) as messages
    union all
    select ticket_id, 'subject', subject, false from {{ ref('tickets') }}
    union all
    select ticket_id, 'note', agent_notes, false from {{ ref('tickets') }}
    where agent_notes is not null
    union all
    select ticket_id, 'tags', tags, false from {{ ref('udahub__ticket_metadata') }}

),

named as (

    select
        texts.*,
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
        events.venue_name,
        events.event_date,
        events.start_time
    from texts
    left join {{ ref('tickets') }} as tickets
        on texts.ticket_id = tickets.ticket_id
    left join {{ ref('users') }} as users
        on tickets.user_id = users.user_id
    left join {{ ref('events') }} as events
        on tickets.event_id = events.event_id

),

bared as (

    select
        *,
        regexp_replace(
            replace(replace(replace(replace(text, coalesce(email, '@@'), ''), coalesce(full_name, '@@'), ''), coalesce(title, '@@'), ''), coalesce(venue_name, '@@'), ''),
            '"[^"]*"', '', 'g'
        ) as bare
    from named

)

select
    *,
    regexp_extract_all(bare, '\$[0-9]+(?:\.[0-9]+)?') as amounts,
    regexp_extract_all(bare, '\b(?:u|s|v|e|r|kb|t|m|h)_[0-9]+') as ids,
    regexp_extract_all(bare, '\b(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{1,4}') as dates,
    regexp_extract_all(bare, '\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day') as weekdays,
    regexp_extract_all(bare, '\b[0-9]{1,2}(?::[0-9]{2})? [ap]m\b') as times,
    regexp_extract_all(bare, '\b([0-9]+) tickets?\b', 1) as counts,
    regexp_extract_all(bare, '\b([0-9]+) percent\b', 1) as percents,
    regexp_extract_all(bare, '\bin (?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (?:days?|weeks?|months?))\b') as spans_ahead,
    regexp_extract_all(bare, '\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (?:days?|weeks?|months?) ago\b') as spans_ago,
    regexp_extract_all(regexp_replace(bare, '\$[0-9.]+|[a-z]_[0-9]+|(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]+|[0-9:]+ [ap]m|\bin [0-9]+ (?:days|weeks|months)|[0-9]+ (?:days|weeks|months) ago', '', 'g'), '[0-9]+') as numbers,
    regexp_extract_all(text, '"([^"]*)"', 1) as quotes
from bared
