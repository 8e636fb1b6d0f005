-- Sampled texts that repeat another or share at least half of their trigrams with one.
with

sampled as (

    select * from {{ ref('int_texts__sampled') }}

),

placed as (

    select
        field,
        model,
        text_key,
        words,
        unnest(range(1, len(words) + 1)) as place
    from sampled
    where repeat_number = 1

),

shingles as (

    select distinct
        field,
        model,
        text_key,
        words[place] || ' ' || words[place + 1] || ' ' || words[place + 2] as trigram
    from placed
    where place + 2 <= len(words)

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

ones as (

    select text_keys, unnest(text_keys) as text_key from shared_shingles

),

neighbours as (

    select text_key, unnest(text_keys) as other_key from ones

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

)

select * from near_duplicates
