{#- How members rate: of a hundred asked so many do, the more willingly after they wrote thanks. -#}
{%- set raters_thankful, raters_silent = 45, 12 -%}
{#- A hundred points, of which the draw takes some and a bad experience more; the fewer are taken, the better the rating. -#}
{%- set points = 100 -%}
{%- set five_below, four_below, three_below, two_below = 52, 82, 94, 103 -%}
{%- set failed_points, negative_points, slow_points, slower_points = 22, 14, 10, 12 -%}
{%- set positive_points = 12 -%}
{#- An answer is slow after so many times the wait that is usual for the ticket's priority, and slower after so many. -#}
{%- set slow_times, slower_times = 2, 6 -%}
-- How a ticket went: whether an agent had it, when support first answered, when it was closed, and how the member rated it. All follow from the conversation; only a resolved ticket was
-- closed, and only its member was asked (requirements: how-a-ticket-went).
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

paced as (

    select * from {{ ref('int_messages__paced') }}

),

waits as (

    select * from {{ ref('support_waits') }}

),

conversations as (

    select
        ticket_number,
        min(created_at) filter (where role in ('ai', 'agent')) as first_response_at,
        max(created_at) filter (where kind = 'closing') as resolved_at,
        coalesce(bool_or(role = 'agent'), false) as has_agent,
        coalesce(bool_or(kind = 'thanks'), false) as has_thanks
    from paced
    group by ticket_number

),

asked as (

    select
        tickets.*,
        conversations.resolved_at,
        conversations.first_response_at,
        conversations.has_agent,
        case when conversations.has_thanks then {{ raters_thankful }} else {{ raters_silent }} end as raters,
        {{ int_div(seconds_between('tickets.created_at', 'conversations.resolved_at'), minutes('waits.reply_minutes')) }} as usual_waits,
        {{ draw_below('member rates', 'tickets.ticket_number', 100) }} as rates_draw,
        {{ draw_below('rating', 'tickets.ticket_number', points) }} as rating_draw
    from tickets
    inner join conversations
        on tickets.ticket_number = conversations.ticket_number
    inner join waits
        on tickets.priority = waits.priority

),

felt as (

    select
        *,
        rating_draw
        + case when failed_attempts > 0 then {{ failed_points }} else 0 end
        + case sentiment when 'negative' then {{ negative_points }} when 'positive' then -{{ positive_points }} else 0 end
        + case when usual_waits >= {{ slower_times }} then {{ slow_points + slower_points }} when usual_waits >= {{ slow_times }} then {{ slow_points }} else 0 end as points_lost
    from asked

),

resolved as (

    select
        {{ columns_except(['raters', 'usual_waits', 'rates_draw', 'rating_draw', 'points_lost']) }},
        case
            when resolved_at is null or rates_draw >= raters then null
            when points_lost < {{ five_below }} then 5
            when points_lost < {{ four_below }} then 4
            when points_lost < {{ three_below }} then 3
            when points_lost < {{ two_below }} then 2
            else 1
        end::bigint as csat
    from felt

)

select * from resolved
