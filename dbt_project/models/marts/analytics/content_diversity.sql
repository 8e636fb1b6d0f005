-- How varied the texts are that a reader finds, by field and model. All rows count for what is distinct; words, openings and near duplicates are measured on
-- at most 5,000 texts, evenly spaced, so that the cost does not grow with the tickets.
with

texts as (

    select * from {{ ref('int_texts__written') }}

),

sampled as (

    select * from {{ ref('int_texts__sampled') }}

),

near_duplicates as (

    select * from {{ ref('int_texts__near_duplicates') }}

),

ngrams as (

    select * from {{ ref('int_texts__ngrams') }}

),

common_openings as (

    select * from {{ ref('int_texts__openings') }}

),

counted as (

    select
        field,
        model,
        count(*) as row_count,
        count(distinct text) as distinct_count
    from texts
    group by field, model

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

),

diversity as (

    select
        counted.field,
        counted.model,
        counted.row_count,
        counted.distinct_count,
        {{ round_to('counted.distinct_count / counted.row_count', 4) }} as distinct_share,
        {{ round_to('1 - counted.distinct_count / counted.row_count', 4) }} as repeating_share,
        sample_counts.sample_count,
        {{ round_to('ngrams.word_count / sample_counts.sample_count', 1) }} as mean_words,
        {{ round_to('ngrams.distinct_words / ngrams.word_count', 4) }} as distinct_1,
        {{ round_to('ngrams.distinct_bigrams / ngrams.bigram_count', 4) }} as distinct_2,
        {{ round_to('sample_counts.near_duplicate_count / sample_counts.sample_count', 4) }} as near_duplicate_share,
        {{ round_to('common_openings.opening_count / sample_counts.sample_count', 4) }} as commonest_opening_share,
        common_openings.commonest_openings
    from counted
    inner join sample_counts
        on counted.field = sample_counts.field and counted.model = sample_counts.model
    left join ngrams
        on counted.field = ngrams.field and counted.model = ngrams.model
    left join common_openings
        on counted.field = common_openings.field and counted.model = common_openings.model

)

select * from diversity
