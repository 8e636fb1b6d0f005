{%- set said = 'concat_ws(chr(10), subject, description, question, follow_up, pushback, thanks)' -%}
{%- set own_kind = 'case when event_kind is null then ' ~ array_of([], 'string') ~ ' else ' ~ array_of(['event_kind']) ~ ' end' -%}
-- The categories of events that a landed text can be about: those that its nouns and the kind of event it was written for have in common. That kind counts
-- even where it is never named, or in another spelling: an apron or a referee tells of it, too.
with

texts as (

    select
        ticket_number,
        event_kind,
        {{ regex_replace(said, regex('\\{[a-z_]+\\}'), '{}') }} as words
    from {{ ref('stg_tickets') }}

),

nouns as (

    select ticket_number, {{ unnested('array_distinct(' ~ event_nouns('words') ~ ' || ' ~ own_kind ~ ')') }} as noun
    from texts

),

counts as (

    select ticket_number, count(*) as noun_count
    from nouns
    group by ticket_number

),

categories as (

    select
        nouns.ticket_number,
        {{ unnested("split(event_nouns.categories, ' ')") }} as category
    from nouns
    inner join {{ ref('event_nouns') }} as event_nouns
        on nouns.noun = event_nouns.noun

),

common as (

    select ticket_number, category, count(*) as noun_count
    from categories
    group by ticket_number, category

),

kinds as (

    select
        counts.ticket_number,
        coalesce({{ array_collect('common.category', 'common.category', condition='common.category is not null') }}, {{ array_of([], 'string') }}) as kinds
    from counts
    left join common
        on counts.ticket_number = common.ticket_number
        and counts.noun_count = common.noun_count
    group by counts.ticket_number

)

select * from kinds
