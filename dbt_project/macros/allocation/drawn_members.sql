{#- CTEs, the last of them `drawn_targets`: groups of up to 30 members with drawn capacities and weights, and targets from nothing to all that they can take; for tests. -#}
{% macro drawn_members(groups) -%}
drawn_members as (

    select
        groups.number as group_number,
        members.number as member_number,
        {{ draw_below('capacity', 'groups.number * 1000 + members.number', 12) }} as capacity,
        1 + {{ draw_below('weight', 'groups.number * 1000 + members.number', 500) }} as weight
    from ({{ number_series(groups) }}) as groups
    inner join ({{ number_series(30) }}) as members
        on members.number <= 1 + groups.number % 30

),

drawn_targets as (

    select
        *,
        {{ int_div('sum(capacity) over (partition by group_number)::bigint * (group_number % 11)', 10) }} as target
    from drawn_members

)
{%- endmacro %}
