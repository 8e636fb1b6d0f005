-- What this data set is, in one row: seed, day, volume, who wrote its texts, and with what it was built.
with

parameters as (

    select * from {{ ref('int_parameters') }}

),

manifest as (

    select * from {{ ref('stg_manifest') }}

),

calls as (

    select
        list_sort(list(distinct model)) as models,
        list_sort(list(distinct prompt_version)) as prompt_versions
    from {{ ref('llm_calls') }}

)

select
    'eventhub-data' as name,
    '0.1.0' as version,
    'CC-BY-4.0' as license,
    {{ var('seed') }}::bigint as seed,
    parameters.as_of,
    parameters.last_event_date,
    manifest.volume,
    calls.models,
    calls.prompt_versions,
    '{{ dbt_version }}' as dbt_version,
    version() as engine_version
from parameters
cross join manifest
cross join calls
