{#- Places on the line of splits, and the step from one group of texts to the next: their golden section, so that few groups are spread as well as many. -#}
{%- set places, golden_step = 1000, 619 -%}
{#- A shorter sentence, such as a greeting, tells nothing. -#}
{%- set least_words = 4 -%}
{#- A text that shares a sentence with one that shares another with a third stands with both. Each round follows such steps about twice as far as the one before. -#}
{%- set rounds = 8 -%}
-- The split of each landed text. Texts of a scenario that is held out are unseen. Of the others, texts that share a sentence share a split: a group of
-- such texts is numbered by the first of them, so pulling more texts moves none. A golden step spreads the groups of a scenario over the splits.
with

landed_texts as (

    select * from {{ ref('stg_tickets') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

ticket_splits as (

    select * from {{ ref('ticket_splits') }}

),

texts as (

    select
        landed_texts.ticket_number,
        landed_texts.scenario,
        scenarios.is_held_out,
        {{ sentences_of('landed_texts.description', least_words) }} as sentences
    from landed_texts
    inner join scenarios
        on landed_texts.scenario = scenarios.scenario

),

sentences as (

    select ticket_number, {{ unnested('sentences') }} as sentence
    from texts
    where not is_held_out

),

counted as (

    select
        ticket_number,
        sentence,
        count(*) over (partition by sentence) as text_count
    from sentences

),

-- most sentences are one text's own
shared as (

    select ticket_number, sentence
    from counted
    where text_count > 1

),

round_0 as (

    select ticket_number, sentence, ticket_number as first_number
    from shared

),
{%- for round in range(1, rounds + 1) %}

    {{ closer_groups('round_' ~ round, 'round_' ~ (round - 1), 'shared', 'ticket_number', 'sentence', 'first_number') }},
{%- endfor %}

grouped as (

    select
        texts.ticket_number,
        texts.scenario,
        texts.is_held_out,
        coalesce(joined.first_number, texts.ticket_number) as first_number
    from texts
    left join (select ticket_number, min(first_number) as first_number from round_{{ rounds }} group by ticket_number) as joined
        on texts.ticket_number = joined.ticket_number

),

scenario_numbers as (

    select scenario, min(ticket_number) as scenario_number
    from texts
    group by scenario

),

ranked as (

    select
        firsts.first_number,
        scenario_numbers.scenario_number,
        row_number() over (partition by texts.scenario order by firsts.first_number) as group_rank
    from (select distinct first_number from grouped) as firsts
    inner join texts
        on firsts.first_number = texts.ticket_number
    inner join scenario_numbers
        on texts.scenario = scenario_numbers.scenario

),

placed as (

    select
        first_number,
        ({{ golden_step }} * group_rank + {{ draw_below('split of scenario', 'scenario_number', places) }}) % {{ places }} as place
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
        grouped.ticket_number,
        grouped.first_number,
        case when grouped.is_held_out then 'unseen' else splits.split end as split
    from grouped
    inner join placed
        on grouped.first_number = placed.first_number
    inner join splits
        on placed.place >= splits.place_from
        and placed.place < splits.place_to

)

select * from split_texts
