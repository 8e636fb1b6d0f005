-- Half of the shorter one's shingles, and half of both. A message of fewer than three words has none.
with

messages as (

    select text_key, words
    from {{ ref('int_texts__sampled') }}
    where field = 'tickets.description'

),

{{ shingle_pairs('messages', 100) }},

copies as (

    select
        pairs.text_key,
        pairs.other_key,
        2 * pairs.shared_count >= greatest(counts.shingle_count, others.shingle_count) as is_half_of_both
    from pairs
    inner join shingle_counts as counts
        on pairs.text_key = counts.text_key
    inner join shingle_counts as others
        on pairs.other_key = others.text_key
    where 2 * pairs.shared_count >= least(counts.shingle_count, others.shingle_count)

),

copied as (

    select text_key, is_half_of_both from copies
    union all
    select other_key, is_half_of_both from copies

),

compared as (

    select text_key, bool_or(is_half_of_both) as is_half_of_both
    from copied
    group by text_key

)

select
    messages.text_key,
    compared.text_key is not null as is_half_of_shorter,
    coalesce(compared.is_half_of_both, false) as is_half_of_both
from messages
left join compared
    on messages.text_key = compared.text_key
