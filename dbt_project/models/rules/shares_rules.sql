with

shares as (

    select * from {{ ref('share_report') }}

)

{{ checked_rules('shares', 'shares', rows={
    'share_is_as_asked': "holds",
    'row_count_is_as_asked': "total_rows = asked_total",
}) }}
