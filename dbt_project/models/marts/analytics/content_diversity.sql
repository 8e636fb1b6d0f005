-- How varied the texts are that a reader finds, by field and model. All rows count for what is distinct; words, openings and near duplicates are measured on
-- at most 5,000 texts, evenly spaced, so that the cost does not grow with the tickets.
with

texts as (

    select
        *,
        row_number() over (order by field, model, number) as text_key,
        row_number() over (partition by field, model order by number) - 1 as text_number,
        row_number() over (partition by field, model, text order by number) as repeat_number,
        {{ int_div('count(*) over (partition by field, model) + 4999', 5000) }} as stride,
        {{ words_of('text') }} as words
    from {{ ref('int_texts__written') }}

),

counted as (

    select
        field,
        model,
        count(*) as row_count,
        count(*) filter (where repeat_number = 1) as distinct_count
    from texts
    group by field, model

),

sampled as (

    select * from texts
    where text_number % stride = 0

),

worded as (

    select
        field,
        model,
        text_key,
        repeat_number,
        words[place] as word,
        words[place] || ' ' || words[place + 1] as bigram,
        words[place] || ' ' || words[place + 1] || ' ' || words[place + 2] as trigram
    from (select *, unnest(range(1, len(words) + 1)) as place from sampled) as placed

),

ngrams as (

    select
        field,
        model,
        count(word) as word_count,
        count(distinct word) as distinct_words,
        count(bigram) as bigram_count,
        count(distinct bigram) as distinct_bigrams
    from worded
    group by field, model

),

openings as (

    select
        field,
        model,
        array_to_string(words[1:6], ' ') as opening,
        count(*) as opening_count,
        row_number() over (partition by field, model order by count(*) desc, array_to_string(words[1:6], ' ')) as opening_rank
    from sampled
    group by field, model, array_to_string(words[1:6], ' ')

),

common_openings as (

    select
        field,
        model,
        max(opening_count) as opening_count,
        list(opening order by opening_rank) as commonest_openings
    from openings
    where opening_rank <= 3
    group by field, model

),

shingles as (

    select distinct field, model, text_key, trigram
    from worded
    where repeat_number = 1 and trigram is not null

),

shingle_counts as (

    select text_key, count(*) as shingle_count
    from shingles
    group by text_key

),

-- a shingle of more than thirty texts is a phrase, not a sign of a copy
shared_shingles as (

    select list(text_key) as text_keys
    from shingles
    group by field, model, trigram
    having count(*) between 2 and 30

),

neighbours as (

    select text_key, unnest(text_keys) as other_key
    from (select text_keys, unnest(text_keys) as text_key from shared_shingles) as ones

),

pairs as (

    select text_key, other_key, count(*) as shared_count
    from neighbours
    where text_key != other_key
    group by text_key, other_key

),

near_duplicates as (

    select pairs.text_key
    from pairs
    inner join shingle_counts as ones
        on pairs.text_key = ones.text_key
    inner join shingle_counts as others
        on pairs.other_key = others.text_key
    where 3 * pairs.shared_count >= ones.shingle_count + others.shingle_count
    union
    select text_key
    from sampled
    where repeat_number > 1

),

sample_counts as (

    select
        sampled.field,
        sampled.model,
        count(*) as sample_count,
        count(near_duplicates.text_key) as near_duplicate_count
    from sampled
    left join near_duplicates
        on sampled.text_key = near_duplicates.text_key
    group by sampled.field, sampled.model

)

select
    counted.field,
    counted.model,
    counted.row_count,
    counted.distinct_count,
    round(counted.distinct_count / counted.row_count, 4) as distinct_share,
    round(1 - counted.distinct_count / counted.row_count, 4) as repeating_share,
    sample_counts.sample_count,
    round(ngrams.word_count / sample_counts.sample_count, 1) as mean_words,
    round(ngrams.distinct_words / ngrams.word_count, 4) as distinct_1,
    round(ngrams.distinct_bigrams / ngrams.bigram_count, 4) as distinct_2,
    round(sample_counts.near_duplicate_count / sample_counts.sample_count, 4) as near_duplicate_share,
    round(common_openings.opening_count / sample_counts.sample_count, 4) as commonest_opening_share,
    common_openings.commonest_openings
from counted
inner join sample_counts
    on counted.field = sample_counts.field and counted.model = sample_counts.model
left join ngrams
    on counted.field = ngrams.field and counted.model = ngrams.model
left join common_openings
    on counted.field = common_openings.field and counted.model = common_openings.model
