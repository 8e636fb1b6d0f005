-- 100 drawn groups of up to 30 members, and one of more bookings than a bigint has portions for.
with

drawn_members as (

    select
        groups.number as group_number,
        members.number as member_number,
        {{ draw_below('capacity before', 'groups.number * 1000 + members.number', 12) }} as capacity,
        1 + {{ draw_below('weight before', 'groups.number * 1000 + members.number', 500) }} as weight
    from ({{ number_series(100) }}) as groups
    inner join ({{ number_series(30) }}) as members
        on members.number <= 1 + groups.number % 30

),

members as (

    select
        *,
        {{ int_div('sum(capacity) over (partition by group_number)::bigint * (group_number % 11)', 10) }} as target
    from drawn_members
    union all
    select
        101 as group_number,
        number as member_number,
        268435456::bigint as capacity,
        number as weight,
        1500000000::bigint as target
    from ({{ number_series(9) }}) as members

),

{{ allocate_proportionally('members', partition='group_number', number='member_number', is_cut=false, before='told') }},

summed as (

    select
        *,
        sum(allotment) over (partition by group_number order by member_number) - allotment as allotted_before
    from allotted

)

select * from summed
where told is distinct from allotted_before
