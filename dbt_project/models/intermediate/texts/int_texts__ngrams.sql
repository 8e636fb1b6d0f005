-- Words and pairs of words by field and model, and how many of them are different.
with

placed as (

    select
        field,
        model,
        words,
        unnest(range(1, {{ array_size('words') }} + 1)) as place
    from {{ ref('int_texts__sampled') }}

),

worded as (

    select
        field,
        model,
        words[place] as word,
        words[place] || ' ' || words[place + 1] as bigram
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
