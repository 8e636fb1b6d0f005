{#- The limits are those of what is written for this project at full; content of others, smaller volumes and rows that use landed words again are measured and not judged. -#}
{%- set full_tickets, full_articles = 5000, 100 -%}
-- How the exam stands: each measure of its texts, of its key and of what finds the answers without reading, beside its goal and the limit that a build must keep.
with

labels as (

    select * from {{ ref('ticket_labels') }}

),

triaged as (

    select ticket_id, text_number, best_article_number from {{ ref('int_tickets__triaged') }}

),

articles as (

    select article_id from {{ ref('kb_articles') }}

),

landed as (

    select length from {{ ref('stg_tickets') }}

),

written as (

    select
        field,
        count(*) as texts,
        count(distinct text) as distinct_texts,
        bool_and(model = 'bundled') as is_bundled
    from {{ ref('int_texts__written') }}
    group by field

),

distinctness as (

    select
        case field
            when 'tickets.subject' then 'subjects_distinct'
            when 'ticket_messages.member' then 'later_turns_distinct'
            when 'ticket_messages.support' then 'support_turns_distinct'
        end as measure,
        100::double * distinct_texts / texts as value
    from written

),

likeness as (

    select
        100::double * count(*) filter (where is_half_of_shorter) / count(*) as half_percent,
        100::double * count(*) filter (where is_half_of_both) / count(*) as whole_percent
    from {{ ref('int_texts__copied') }}

),

-- a text may serve many tickets; it counts once
texts as (

    select
        triaged.text_number,
        min(labels.split) as split,
        min(labels.expected_article_id) as expected_article_id
    from labels
    inner join triaged
        on labels.ticket_id = triaged.ticket_id
    group by triaged.text_number

),

sentences as (

    select
        texts.split,
        {{ unnested(sentences_of('landed.description', 4)) }} as sentence
    from texts
    inner join {{ ref('stg_tickets') }} as landed
        on texts.text_number = landed.ticket_number
    where texts.split in ('train', 'test')

),

shared_sentences as (

    select 100::double * count(trains.sentence) / nullif(count(*), 0) as percent
    from sentences as tests
    left join (select distinct sentence from sentences where split = 'train') as trains
        on tests.sentence = trains.sentence
    where tests.split = 'test'

),

neighbours as (

    select 100::double * count(*) filter (where texts.expected_article_id = others.expected_article_id) / nullif(count(*), 0) as percent
    from texts
    left join {{ ref('int_ticket_texts__neighbours') }} as nearest
        on texts.text_number = nearest.ticket_number
    left join texts as others
        on nearest.neighbour_number = others.text_number
    where texts.split = 'test' and texts.expected_article_id is not null

),

expectations as (

    select
        100::double * count(distinct expected_article_id) / (select count(*) from articles) as expected_percent,
        100::double * count(*) filter (where expected_article_id is null) / count(*) as unanswered_percent
    from labels

),

{% if runs_python() %}
    facts as (

        select 100::double * count(*) filter (where is_stated) / nullif(count(*), 0) as percent
        from {{ ref('int_answers__stated') }}

    ),

    compressed as (

        select compressed_bytes / nullif(character_count, 0)::double as ratio
        from {{ ref('int_messages__compressed') }}

    ),
{% endif %}

retrieval as (

    select
        100::double * count(*) filter (
            where array_contains(
                {{ array_of(['labels.expected_article_id']) }} || labels.also_accepted, {{ sequential_id('kb', 'firsts.article_number') }}
            )
        ) / nullif(count(*), 0) as bm25_percent,
        100::double * count(*) filter (where labels.expected_article_id = {{ sequential_id('kb', 'firsts.article_number') }}) / nullif(count(*), 0) as bm25_expected_percent,
        100::double * count(*) filter (where labels.expected_article_id = {{ sequential_id('kb', 'triaged.best_article_number') }}) / nullif(count(*), 0) as plain_percent
    from labels
    inner join triaged
        on labels.ticket_id = triaged.ticket_id
    left join {{ ref('int_ticket_texts__ranked') }} as firsts
        on triaged.text_number = firsts.ticket_number
        and firsts.article_rank = 1
    where labels.split = 'test' and labels.expected_article_id is not null

),

measured as (

    select measure, value from distinctness
    where measure is not null
    union all
    select 'messages_half_alike', half_percent from likeness
    union all
    select 'messages_alike', whole_percent from likeness
    union all
    select 'test_sentences_in_train', percent from shared_sentences
    union all
    select 'last_sentence_finds_article', percent from neighbours
    union all
    select 'articles_expected', expected_percent from expectations
    union all
    select 'tickets_without_article', unanswered_percent from expectations
    union all
    select 'bm25_finds_article', bm25_percent from retrieval
    union all
    select 'bm25_finds_expected_article', bm25_expected_percent from retrieval
    union all
    select 'plain_retrieval_finds_article', plain_percent from retrieval
    {% if runs_python() %}
        union all
        select 'facts_stated', percent from facts
        union all
        select 'compressed_size', ratio from compressed
    {% endif %}

),

judged as (

    select
        (select is_bundled and texts >= {{ full_tickets }} from written where field = 'tickets.description')
        and (select is_bundled and texts >= {{ full_articles }} from written where field = 'kb_articles.content')
        -- a landing of the time before tickets were each written keeps what it has
        and (select count(*) = count(length) from landed) as is_judged

),

reported as (

    select
        measures.position,
        measures.measure,
        measures.says,
        measures.unit,
        case measures.unit
            when 'percent' then {{ round_to('measured.value', 2) }}
            else {{ round_to('measured.value', 4) }}
        end as value,
        measures.goal_from,
        measures.goal_to,
        measured.value between coalesce(measures.goal_from, -1) and coalesce(measures.goal_to, 1000) as is_met,
        measures.limit_from,
        measures.limit_to,
        coalesce(judged.is_judged, false) as is_judged
    from {{ ref('exam_measures') }} as measures
    cross join judged
    left join measured
        on measures.measure = measured.measure
    {% if not runs_python() %}
        where measures.measure not in ('facts_stated', 'compressed_size')
    {% endif %}

)

select * from reported
