-- One row a call of a provider, whatever became of it.
select * from {{ ref('stg_calls') }}
order by requested_at, reply_id
