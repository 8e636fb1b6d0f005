with

shares as (

    select * from {{ ref('share_report') }}

),

rules as (

    select
        attribute,
        value || ' ' || got_rows || ' rows, asked ' || asked_rows as words,
        holds as share_is_as_asked,
        total_rows = asked_total as row_count_is_as_asked
    from shares

),

counted as (

    select
        {{ count_violations(id='attribute', words='words') }}
    from rules

)

{{ checked_rules('shares', 'counted') }}
