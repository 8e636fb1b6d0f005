-- 100 drawn groups of up to 30 members, and one of more bookings than a bigint has portions for.
with

{{ drawn_members(100) }},

members as (

    select * from drawn_targets
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
