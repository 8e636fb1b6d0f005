-- Half of the shorter one's shingles, and half of both. A message of fewer than three words has none.
with

messages as (

    select text_key, words
    from {{ ref('int_texts__sampled') }}
    where field = 'tickets.description'

),

{{ shingle_pairs('messages', 100) }},

compared as (

    select
        pairs.text_key,
        bool_or(2 * pairs.shared_count >= least(counts.shingle_count, others.shingle_count)) as is_half_of_shorter,
        bool_or(2 * pairs.shared_count >= greatest(counts.shingle_count, others.shingle_count)) as is_half_of_both
    from pairs
    inner join shingle_counts as counts
        on pairs.text_key = counts.text_key
    inner join shingle_counts as others
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
