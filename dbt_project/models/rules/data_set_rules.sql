-- Both databases name the same data set, and it is the one that was built (requirements: one-data-set-in-both-files).
with

data_sets as (

    select
        'eventhub.db' as file_name,
        *
    from {{ ref('eventhub__data_set') }}
    union all
    select
        'udahub.db' as file_name,
        *
    from {{ ref('udahub__data_set') }}

),

kinds as (

    select distinct
        name,
        version,
        as_of,
        seed,
        volume,
        license,
        data_hash
    from data_sets

),

rules as (

    select
        data_sets.file_name,
        data_sets.as_of = parameters.as_of and data_sets.seed = {{ var('seed') }} and data_sets.data_hash = built.data_hash as data_set_is_the_one_that_was_built,
        data_sets.name is not null and data_sets.version is not null and data_sets.volume is not null and data_sets.license is not null and data_sets.data_hash is not null as nothing_is_left_out
    from data_sets
    cross join {{ ref('int_parameters') }} as parameters
    cross join {{ ref('data_set') }} as built

),

counted as (

    select
        {{ count_violations(id='file_name') }},
        {{ struct_of({'violations': 'abs(count(*) - 2) + (select count(*) - 1 from kinds)', 'example': 'null'}) }} as one_row_and_the_same_in_both_files
    from rules

)

{{ checked_rules('data_set', 'counted') }}
