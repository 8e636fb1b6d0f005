-- Words and pairs of words by field and model, and how many of them are different.
with

sampled as (

    select * from {{ ref('int_texts__sampled') }}

),

{{ text_groups('sampled') }},

placed as (

    select
        text_groups.group_key,
        sampled.words,
        {{ unnested_range(array_size('sampled.words')) }} as place
    from sampled
    inner join text_groups
        on sampled.field = text_groups.field and sampled.model = text_groups.model

),

worded as (

    select
        group_key,
        {{ array_get('words', 'place + 1') }} as word,
        {{ array_get('words', 'place + 2') }} as next_word
    from placed

),

bigrams as (

    select group_key, word, next_word, count(*) as use_count
    from worded
    group by group_key, word, next_word

),

counted as (

    select
        group_key,
        sum(use_count)::bigint as word_count,
        count(distinct word) as distinct_words,
        coalesce(sum(use_count) filter (where next_word is not null), 0)::bigint as bigram_count,
        count(next_word) as distinct_bigrams
    from bigrams
    group by group_key

)

select
    text_groups.field,
    text_groups.model,
    counted.word_count,
    counted.distinct_words,
    counted.bigram_count,
    counted.distinct_bigrams
from counted
inner join text_groups
    on counted.group_key = text_groups.group_key
