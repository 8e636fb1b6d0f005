{#- A conversation has at most six turns, and its closing. -#}
{%- set most_steps = 7 -%}
{%- set seconds = [] -%}
{%- for step in range(1, most_steps + 1) -%}{%- do seconds.append('second_' ~ step) -%}{%- endfor -%}
{%- set wait = {} -%}
{%- for column in ('least_seconds', 'further_seconds', 'late_seconds', 'from_hour', 'until_hour') -%}{%- do wait.update({column: column}) -%}{%- endfor -%}
-- When each turn is said, and a resolved ticket closed: one after the other, each after its wait and at the hours of who speaks. A conversation that would not end before as_of
-- goes at the quickest of several paces that is slow enough: waits are shortened to so many percent of what was drawn.
with

waits as (

    select * from {{ ref('int_messages__waits') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

paces as (

    select {{ unnested(array_of([100, 60, 35, 20, 10, 5, 2, 1, 0])) }} as pace

),

conversations as (

    select
        ticket_number,
        {{ epoch_seconds('any_value(created_at)') }} as second_1,
        {{ array_collect(struct_of(wait), 'turn') }} as waits,
        max(turn) as steps
    from waits
    group by ticket_number

),

step_1 as (

    select conversations.*, paces.pace
    from conversations
    cross join paces

),

{% for step in range(2, most_steps + 1) %}
    {%- set wait = array_get('waits', step) %}
    {%- set least, further, late = wait ~ '.least_seconds', wait ~ '.further_seconds', wait ~ '.late_seconds' %}
    {%- set from_hour, until_hour = wait ~ '.from_hour', wait ~ '.until_hour' %}
    reached_{{ step }} as (

        select
            *,
            second_{{ step - 1 }} + {{ least }} + {{ int_div(further ~ ' * pace', 100) }} as reached_{{ step }}
        from step_{{ step - 1 }}

    ),

    closed_{{ step }} as (

        select
            *,
            {{ seconds_until_hours('reached_' ~ step, from_hour, until_hour) }} as closed_{{ step }}
        from reached_{{ step }}

    ),

    step_{{ step }} as (

        select
            {{ columns_except(['reached_' ~ step, 'closed_' ~ step]) }},
            reached_{{ step }} + closed_{{ step }} + case when closed_{{ step }} > 0 then {{ int_div(late ~ ' * pace', 100) }} else 0 end as second_{{ step }}
        from closed_{{ step }}

    ),

{% endfor %}
ended as (

    select
        ticket_number,
        steps,
        pace,
        {{ array_of(seconds) }} as seconds
    from step_{{ most_steps }}

),

-- The last pace is of those for which none is quick enough, which a rule tells. As a condition of the rows, Spark would write the seconds out in it: each is made
-- of several that are made of several, and so on down to the first.
fitting as (

    select
        ended.ticket_number,
        max_by(ended.seconds, ended.pace) filter (
            where ended.pace = 0 or {{ array_get('ended.seconds', 'ended.steps') }} < {{ epoch_seconds('parameters.as_of_at') }}
        ) as seconds
    from ended
    cross join parameters
    group by ended.ticket_number

),

paced as (

    select
        waits.ticket_number,
        waits.turn,
        waits.role,
        waits.kind,
        {{ from_epoch_seconds(array_get('fitting.seconds', 'waits.turn')) }} as created_at
    from waits
    inner join fitting
        on waits.ticket_number = fitting.ticket_number

)

select * from paced
