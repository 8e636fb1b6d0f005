{%- set most_texts = 5000 -%}
-- At most 5,000 texts of each field and model, evenly spaced, as words: openings, n-grams and near duplicates are measured on them, so that the cost does not
-- grow with the tickets.
with

texts as (

    select
        *,
        row_number() over (order by field, model, number) as text_key,
        row_number() over (partition by field, model order by number) - 1 as text_number,
        row_number() over (partition by field, model, text order by number) as repeat_number,
        count(*) over (partition by field, model) as text_count
    from {{ ref('int_texts__written') }}

),

spaced as (

    select
        *,
        {{ int_div_up('text_count', most_texts) }} as stride
    from texts

),

sampled as (

    select
        field,
        model,
        text_key,
        repeat_number,
        {{ words_of('text') }} as words
    from spaced
    where text_number % stride = 0

)

select * from sampled
