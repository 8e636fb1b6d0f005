-- Calls, tokens and cost by model and entity; the entity all sums a model up.
select
    model,
    entity,
    calls,
    retries,
    accepted,
    rejected,
    input_tokens,
    output_tokens,
    cost_usd,
    seconds_per_1000
from analytics.model_comparison
order by model, entity = 'all' desc, entity
