-- Words and pairs of words by field and model, and how many of them are different.
with

placed as (

    select
        field,
        model,
        words,
        {{ unnested_range(array_size('words')) }} as place
    from {{ ref('int_texts__sampled') }}

),

worded as (

    select
        field,
        model,
        {{ array_get('words', 'place + 1') }} as word,
        {{ array_get('words', 'place + 1') }} || ' ' || {{ array_get('words', 'place + 2') }} as bigram
    from placed

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

)

select * from ngrams
