-- How far sampled messages say what another one says: half of the shorter one's shingles of three words, and half of both. A message of fewer than three words
-- has none.
with

messages as (

    select text_key, words
    from {{ ref('int_texts__sampled') }}
    where field = 'tickets.description'

),

placed as (

    select
        text_key,
        words,
        unnest(range(1, len(words) - 1)) as place
    from messages

),

shingles as (

    select distinct
        text_key,
        words[place] || ' ' || words[place + 1] || ' ' || words[place + 2] as shingle
    from placed

),

counts as (

    select text_key, count(*) as shingle_count
    from shingles
    group by text_key

),

-- a shingle of more than a hundred messages is a phrase, not a sign of a copy
shared as (

    select list(text_key) as text_keys
    from shingles
    group by shingle
    having count(*) between 2 and 100

),

ones as (

    select text_keys, unnest(text_keys) as text_key from shared

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

compared as (

    select
        pairs.text_key,
        bool_or(2 * pairs.shared_count >= least(counts.shingle_count, others.shingle_count)) as is_half_of_shorter,
        bool_or(2 * pairs.shared_count >= greatest(counts.shingle_count, others.shingle_count)) as is_half_of_both
    from pairs
    inner join counts
        on pairs.text_key = counts.text_key
    inner join counts as others
        on pairs.other_key = others.text_key
    group by pairs.text_key

)

select
    messages.text_key,
    coalesce(compared.is_half_of_shorter, false) as is_half_of_shorter,
    coalesce(compared.is_half_of_both, false) as is_half_of_both
from messages
left join compared
    on messages.text_key = compared.text_key
