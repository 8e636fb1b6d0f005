-- 300 drawn groups of up to 30 members, with targets from nothing to all that the members can take, and five by hand: by weight,
-- capped, full, of more bookings than a bigint has portions for, and with a weight whose product with the level fits none.
{% set by_hand = [
    (1001, 1, 100, 1, 12, 2), (1001, 2, 100, 1, 12, 2), (1001, 3, 100, 4, 12, 8),
    (1002, 1, 100, 1, 9, 3), (1002, 2, 100, 1, 9, 3), (1002, 3, 3, 4, 9, 3),
    (1003, 1, 4, 1, 7, 4), (1003, 2, 0, 9, 7, 0), (1003, 3, 3, 1, 7, 3),
    (1004, 1, 268435456, 1, 900000000, 225000000), (1004, 2, 268435456, 1, 900000000, 225000000),
    (1004, 3, 268435456, 1, 900000000, 225000000), (1004, 4, 268435456, 1, 900000000, 225000000),
    (1005, 1, 10, 1000000000000, 200000010, 10), (1005, 2, 268435456, 1, 200000010, 200000000),
] %}
with

{{ drawn_members(300) }},

members as (

    select
        *,
        null as expected
    from drawn_targets
    union all
    -- one list and not a select each, which Spark would plan anew wherever the members are read
    select by_hand.group_number, by_hand.member_number, by_hand.capacity::bigint, by_hand.weight::bigint, by_hand.target::bigint, by_hand.expected
    from (
        values
        {% for row in by_hand %}
            ({{ row | join(', ') }}){{ ',' if not loop.last }}
        {% endfor %}
    ) as by_hand (group_number, member_number, capacity, weight, target, expected)

),

{{ allocate_proportionally('members', partition='group_number', number='member_number') }},

failures as (

    select 'a group does not sum to its target' as failure, members.group_number
    from members
    left join allotted
        on members.group_number = allotted.group_number and members.member_number = allotted.member_number
    group by members.group_number
    having coalesce(sum(allotted.allotment), -1) != any_value(members.target)
    union all
    select 'an allotment is negative or above its capacity', group_number from allotted where allotment not between 0 and capacity
    union all
    select 'an allotment is not the one by hand', group_number from allotted where allotment != expected
    union all
    select 'a member with less weight and capacity gets more', lesser.group_number
    from allotted as lesser
    inner join allotted as greater
        on lesser.group_number = greater.group_number and lesser.weight <= greater.weight and lesser.capacity <= greater.capacity
    where lesser.allotment > greater.allotment + 1

)

select * from failures
