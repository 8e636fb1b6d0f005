{#- Places on the line of splits, and the step from one opening to the next: their golden section, so that few openings are spread as well as many. -#}
{%- set places, golden_step = 1000, 619 -%}
-- The split of each landed text. Texts written from one opening have its first four words, and share a split; an opening is numbered in its scenario by the
-- first text that uses it, so pulling more texts moves none. A golden step spreads the openings of a scenario over the splits.
with

landed_texts as (

    select * from {{ ref('stg_tickets') }}

),

ticket_splits as (

    select * from {{ ref('ticket_splits') }}

),

opened as (

    select
        ticket_number,
        scenario,
        array_to_string({{ words_of('description') }}[1:4], ' ') as opening
    from landed_texts

),

texts as (

    select
        ticket_number,
        scenario,
        min(ticket_number) over (partition by scenario, opening) as opening_number,
        min(ticket_number) over (partition by scenario) as scenario_number
    from opened

),

ranked as (

    select
        *,
        dense_rank() over (partition by scenario order by opening_number) as opening_rank
    from texts

),

placed as (

    select
        *,
        ({{ golden_step }} * opening_rank + {{ draw_below('split of scenario', 'scenario_number', places) }}) % {{ places }} as place
    from ranked

),

splits as (

    select
        split,
        {{ places // 100 }} * (sum(share) over (order by position) - share) as place_from,
        {{ places // 100 }} * sum(share) over (order by position) as place_to
    from ticket_splits

),

split_texts as (

    select
        placed.ticket_number,
        placed.opening_number,
        splits.split
    from placed
    inner join splits
        on placed.place >= splits.place_from
        and placed.place < splits.place_to

)

select * from split_texts
