{#-
  CTEs that tell which texts share shingles of three words: `shingle_counts` (text_key, shingle_count) and `pairs` (text_key, other_key, shared_count), each
  pair once, the lower key first. The CTE `texts` has text_key, words and the columns of `groups`: only texts of one group are compared. A shingle of more than
  `most_texts` is a phrase, not a sign of a copy.
-#}
{% macro shingle_pairs(texts, most_texts, groups=[]) -%}
placed as (

    select
        {% for column in groups %}{{ column }}, {% endfor %}text_key,
        words,
        {{ unnested_range('greatest(0, ' ~ array_size('words') ~ ' - 2)') }} as place
    from {{ texts }}

),

shingles as (

    select distinct
        {% for column in groups %}{{ column }}, {% endfor %}text_key,
        {{ array_get('words', 'place + 1') }} || ' ' || {{ array_get('words', 'place + 2') }} || ' ' || {{ array_get('words', 'place + 3') }} as shingle
    from placed

),

shingle_counts as (

    select text_key, count(*) as shingle_count
    from shingles
    group by text_key

),

shared_shingles as (

    select {{ array_collect_unordered('text_key') }} as text_keys
    from shingles
    group by {% for column in groups %}{{ column }}, {% endfor %}shingle
    having count(*) between 2 and {{ most_texts }}

),

ones as (

    select text_keys, {{ unnested('text_keys') }} as text_key from shared_shingles

),

neighbours as (

    select text_key, {{ unnested('text_keys') }} as other_key from ones

),

pairs as (

    select text_key, other_key, count(*) as shared_count
    from neighbours
    where text_key < other_key
    group by text_key, other_key

)
{%- endmacro %}
