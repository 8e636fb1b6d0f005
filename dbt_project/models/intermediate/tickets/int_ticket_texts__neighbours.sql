{#- Inverse document frequencies are kept in whole thirtieths: fine enough, and no sum of their squares is too large. -#}
{%- set steps = 30 -%}
{%- set sentences = array_filter(regex_split('texts.description', '[.!?\\n]+'), 'sentence', array_size(words_of('sentence')) ~ ' > 0') -%}
-- For each test text the train text whose last sentence is nearest, by the cosine of TF-IDF over words: where the end of a message tells its scenario, an agent
-- may look the answer up. A cosine's square is compared, and without what is the same for all candidates.
with

texts as (

    select
        splits.ticket_number,
        splits.split,
        {{ array_get(sentences, -1) }} as last_sentence
    from {{ ref('stg_tickets') }} as texts
    inner join {{ ref('int_ticket_texts__split') }} as splits
        on texts.ticket_number = splits.ticket_number
    where splits.split in ('train', 'test')

),

words as (

    select ticket_number, split, {{ unnested('array_distinct(' ~ words_of('last_sentence') ~ ')') }} as word
    from texts

),

weights as (

    select
        word,
        round({{ steps }} * ln(1 + (select count(*) from texts) / count(*)))::bigint as weight
    from words
    group by word

),

weighed as (

    select
        words.ticket_number,
        words.split,
        words.word,
        weights.weight * weights.weight as square
    from words
    inner join weights
        on words.word = weights.word

),

lengths as (

    select ticket_number, sum(square)::bigint as length
    from weighed
    group by ticket_number

),

trains as (

    select
        weighed.ticket_number,
        weighed.word,
        lengths.length
    from weighed
    inner join lengths
        on weighed.ticket_number = lengths.ticket_number
    where weighed.split = 'train'

),

pairs as (

    select
        tests.ticket_number,
        trains.ticket_number as neighbour_number,
        sum(tests.square)::bigint as shared,
        max(trains.length) as length
    from weighed as tests
    inner join trains
        on tests.word = trains.word
    where tests.split = 'test'
    group by tests.ticket_number, trains.ticket_number

),

-- the most of a number takes a tenth of the time in which a million pairs are sorted
nearest as (

    select
        ticket_number,
        max({{ place_key(int_div('shared * shared', 'length'), 'neighbour_number') }}) as place_key
    from pairs
    group by ticket_number

)

select
    ticket_number,
    {{ placed_number('place_key') }} as neighbour_number
from nearest
