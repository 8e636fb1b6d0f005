with

shares as (

    select * from {{ ref('share_report') }}

)

{{ checked_rules('shares', 'shares', id='attribute', words="value || ' ' || got_rows || ' rows, asked ' || asked_rows", rows={
    'share_is_as_asked': "holds",
    'row_count_is_as_asked': "total_rows = asked_total",
}) }}
