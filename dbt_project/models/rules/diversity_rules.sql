-- What is written for this project keeps its variety at the volumes it was written for; another model's content is measured and not judged, and so are rows
-- beyond what has landed. Openings and retrieval are judged from 1,000 tickets on, where a share of two percent means something, and retrieval where none of
-- the articles it was written with is left out.
with

diversity as (

    select
        *,
        model = 'bundled' as is_ours
    from {{ ref('content_diversity') }}

),

retrieval as (

    select
        report.*,
        (select bool_and(model in ('bundled', 'grown')) from diversity where field in ('tickets.description', 'kb_articles.content')) and (select count(*) from {{ ref('kb_articles') }}) >= 100 as is_ours
    from {{ ref('retrieval_report') }} as report

),

diversity_rules as (

    select
        field,
        model,
        not is_ours or field != 'users.full_name' or distinct_share >= 0.9 as nine_in_ten_members_have_a_name_of_their_own,
        not is_ours
        or field not in ('events.title', 'events.description', 'kb_articles.content', 'venues.name')
        or distinct_share = 1 as event_texts_and_articles_never_repeat,
        -- in a small set three repeats are chance
        not is_ours or field != 'tickets.description' or distinct_share >= 0.97 or row_count * (1 - distinct_share) < 3.5 as ticket_descriptions_hardly_repeat,
        not is_ours or field != 'tickets.description' or row_count < 1000 or commonest_opening_share <= 0.02 as no_opening_is_common,
        not is_ours or field != 'ticket_messages.member' or distinct_share >= 0.7 as later_turns_of_members_vary,
        not is_ours or field != 'tickets.subject' or distinct_share >= 0.6 as subjects_vary,
        not is_ours or field != 'events.description' or near_duplicate_share = 0 as event_descriptions_are_no_near_copies
    from diversity

),

diversity_counted as (

    select
        {{ count_violations(id='field', words='model', rules='diversity_rules') }}
    from diversity_rules

),

retrieval_rules as (

    select
        category || ', ' || split as id,
        'found_share ' || found_share as words,
        not is_ours
        or category != 'all'
        or split != 'all'
        or ticket_count < 1000
        or found_share between 0.25 and 0.95 as retrieval_is_neither_hopeless_nor_trivial
    from retrieval

),

retrieval_counted as (

    select
        {{ count_violations(id='id', words='words', rules='retrieval_rules') }}
    from retrieval_rules

),

exam_rules as (

    select
        measure as id,
        coalesce(value::string, 'nothing') || ' ' || unit as words,
        not is_judged or value is not null as every_measure_is_taken,
        not is_judged or value is null or value between coalesce(limit_from, value) and coalesce(limit_to, value) as measures_keep_their_limits
    from {{ ref('exam_report') }}

),

exam_counted as (

    select
        {{ count_violations(id='id', words='words', rules='exam_rules') }}
    from exam_rules

)

{{ checked_rules('content_diversity', 'diversity_counted') }}
union all
{{ checked_rules('retrieval_report', 'retrieval_counted') }}
union all
{{ checked_rules('exam_report', 'exam_counted') }}
