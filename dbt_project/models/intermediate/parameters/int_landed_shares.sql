-- Shares that extract deals, in what has landed. One that was changed since the pull stops the build before anything is made, since dbt cannot deal it anew.
with

attributes as (

    select * from {{ ref('share_attributes') }}

),

shares as (

    select * from {{ ref('shares') }}

),

venues as (

    select * from {{ ref('stg_venues') }}

),

articles as (

    select * from {{ ref('stg_kb_articles') }}

),

tickets as (

    select * from {{ ref('stg_tickets') }}

),

landed as (

    select 'venue_region' as attribute, region as value, count(*) as landed_rows from venues group by all
    union all
    select 'venue_category', category, count(*) from venues group by all
    union all
    select 'article_category', category, count(*) from articles group by all
    union all
    select 'ticket_category', category, count(*) from tickets group by all

),

compared as (

    select
        attributes.entity,
        attributes.tolerance_rows,
        shares.attribute,
        shares.position,
        shares.value,
        shares.share,
        coalesce(landed.landed_rows, 0) as landed_rows,
        coalesce(sum(landed.landed_rows) over (partition by shares.attribute), 0)::bigint as landed_total
    from attributes
    inner join shares
        on attributes.attribute = shares.attribute
    left join landed
        on shares.attribute = landed.attribute and shares.value = landed.value
    where attributes.dealt_by = 'extract'

),

judged as (

    select
        {{ columns_except(['tolerance_rows']) }},
        landed_total > 0 and abs(100 * landed_rows - share * landed_total) >= 100 * tolerance_rows as is_changed,
        'the shares of ' || attribute || ' changed since the pull: ' || value || ' has ' || landed_rows || ' of ' || landed_total || ' landed ' || entity
        || ', and shares.csv asks for ' || share || ' percent. Run: python extract/run.py --rewrite ' || entity as problem
    from compared

),

checked as (

    select
        entity,
        attribute,
        position,
        value,
        share,
        case when is_changed then {{ raise_error('problem') }}::bigint else landed_rows end as landed_rows,
        landed_total
    from judged

)

select * from checked
