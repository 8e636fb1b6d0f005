with

sampled as (

    select * from {{ ref('int_texts__sampled') }}

),

{{ text_groups('sampled') }},

first_said as (

    select text_groups.group_key, sampled.text_key, sampled.words
    from sampled
    inner join text_groups
        on sampled.field = text_groups.field and sampled.model = text_groups.model
    where sampled.repeat_number = 1

),

{{ shingle_pairs('first_said', 30, groups=['group_key']) }},

near_pairs as (

    select pairs.text_key, pairs.other_key
    from pairs
    inner join shingle_counts as ones
        on pairs.text_key = ones.text_key and 3 * pairs.shared_count > ones.shingle_count
    inner join shingle_counts as others
        on pairs.other_key = others.text_key
    where 3 * pairs.shared_count >= ones.shingle_count + others.shingle_count

),

near_duplicates as (

    select text_key from near_pairs
    union
    select other_key from near_pairs
    union
    select text_key
    from sampled
    where repeat_number > 1

)

select * from near_duplicates
