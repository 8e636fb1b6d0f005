with

sampled as (

    select * from {{ ref('int_texts__sampled') }}

),

first_said as (

    select field, model, text_key, words
    from sampled
    where repeat_number = 1

),

{{ shingle_pairs('first_said', 30, groups=['field', 'model']) }},

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
