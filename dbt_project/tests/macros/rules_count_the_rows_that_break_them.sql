-- A null breaks a rule of rows as much as a false, also where all rows are null; repeats counts the rows beyond the first of each key.
with

things as (

    select 1 as thing_id, 5 as size
    union all
    select 2, -1
    union all
    select 2, null

),

rules as (

    select
        thing_id,
        size > 0 as size_is_positive,
        thing_id > 0 as thing_id_is_positive,
        size > null as size_is_known
    from things

),

counted as (

    select
        {{ count_violations(id='thing_id') }},
        {{ duplicate_count('thing_id') }} as thing_id_is_unique
    from rules

),

checked as (

    {{ checked_rules('things', 'counted') }}

),

expected as (

    select 'size_is_positive' as rule, 3 as rows_checked, 2 as violations
    union all
    select 'thing_id_is_positive', 3, 0
    union all
    select 'size_is_known', 3, 3
    union all
    select 'thing_id_is_unique', 3, 1

)

select checked.*, expected.*
from checked
full join expected
    on checked.rule = expected.rule and checked.rows_checked = expected.rows_checked and checked.violations = expected.violations
where checked.rule is null or expected.rule is null
