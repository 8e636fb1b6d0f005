-- What each model did (requirements: models-are-measured). A call that broke off counts as a call, but not against what is known of the cost.
with

llm_calls as (

    select * from {{ ref('llm_calls') }}

),

texts as (

    select * from {{ ref('stg_texts') }}

),

models as (

    select * from {{ ref('models') }}

),

calls as (

    select
        *,
        cost_usd is null and stop_reason not like 'failed%' as is_of_unknown_cost
    from llm_calls

),

call_totals as (

    select
        model,
        case when grouping(entity) = 1 then 'all' else entity end as entity,
        count(*) as calls,
        sum(tries) - count(*) as retries,
        sum(asked) as asked,
        sum(accepted) as accepted,
        sum(rejected) as rejected,
        sum(repeated) as repeated,
        sum(input_tokens) as input_tokens,
        sum(output_tokens) as output_tokens,
        sum(latency_ms) / 1000::double as seconds,
        case when max(is_of_unknown_cost::integer) = 0 then sum(cost_usd) end as cost_usd
    from calls
    group by grouping sets ((model, entity), (model))

),

words as (

    select
        entity,
        model,
        {{ unnested(words_of('text')) }} as word
    from texts

),

-- counted by word first: as words of several totals, each would be looked up among all words for each of them
word_counts as (

    select
        model,
        entity,
        word,
        count(*) as use_count
    from words
    group by model, entity, word

),

word_totals as (

    select
        model,
        case when grouping(entity) = 1 then 'all' else entity end as entity,
        sum(use_count) as words,
        count(distinct word) as distinct_words
    from word_counts
    group by grouping sets ((model, entity), (model))

),

compared as (

    select
        call_totals.model,
        call_totals.entity,
        models.alias,
        models.family,
        models.state,
        call_totals.calls::bigint as calls,
        call_totals.retries::bigint as retries,
        call_totals.accepted::bigint as accepted,
        call_totals.rejected::bigint as rejected,
        call_totals.repeated::bigint as repeated,
        call_totals.accepted / nullif(call_totals.accepted + call_totals.rejected, 0)::double as valid_share,
        call_totals.repeated / nullif(call_totals.accepted + call_totals.rejected, 0)::double as repeat_share,
        coalesce(word_totals.words, 0)::bigint as words,
        coalesce(word_totals.distinct_words, 0)::bigint as distinct_words,
        call_totals.input_tokens::bigint as input_tokens,
        call_totals.output_tokens::bigint as output_tokens,
        call_totals.cost_usd::double as cost_usd,
        (call_totals.seconds * 1000 / nullif(call_totals.accepted, 0))::double as seconds_per_1000,
        (call_totals.cost_usd * 1000 / nullif(call_totals.accepted, 0))::double as usd_per_1000
    from call_totals
    left join word_totals
        on call_totals.model = word_totals.model
        and call_totals.entity = word_totals.entity
    left join models
        on call_totals.model = models.model_id

)

select * from compared
order by model, entity
