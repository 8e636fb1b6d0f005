select
    reply_id,
    entity,
    batch_id,
    attempt,
    provider,
    model,
    prompt_version,
    stop_reason,
    input_tokens,
    output_tokens,
    latency_ms,
    accepted,
    rejected,
    requested_at::timestamp as requested_at
from {{ source('raw', 'calls') }}
