{#-
  CTEs that share out a whole number among members in proportion to their weights and under their capacities. `members` names a CTE
  with the columns target, capacity and weight (whole numbers, weight above 0), `partition` the column whose groups each share out
  their own target, `number` a unique number that orders the members. The CTE `allotted` holds all columns of `members` and `allotment`.

  Level: each member's portion is least(capacity, level * weight). Members whose capacity / weight is small are full first; along that
  order the level is the first at which the full ones' capacity and the others' weight * level reach the target.
  Whole: portions are fixed-point numbers (macro portion_bits). With c the running sum of portions, started so that it ends at the target, a member
  gets floor(c) - floor(c - portion). These telescope to the target exactly, and each is the portion rounded down or up, so never above the capacity.
-#}
{% macro allocate_proportionally(members, partition, number, advice="'Ask for fewer reservations, or for more users and events'") -%}
{%- set fullness = fill_order() -%}
member_groups as (

    select {{ partition }}, target, capacity, weight, count(*) as group_size
    from {{ members }}
    group by {{ partition }}, target, capacity, weight

),

{{ fill_breakpoints('member_groups', partition) }},

held as (

    select
        {{ partition }},
        row_number() over (partition by {{ partition }} order by {{ fullness }}) as fill_rank,
        {{ int_div('(target - full_capacity) * ' ~ one_portion(), 'open_weight') }}::bigint as level
    from filled_groups
    where full_capacity + {{ int_div('open_weight * capacity', 'weight') }} >= target

),

levels as (

    select * from held where fill_rank = 1

),

-- what the running sum starts from, so that it ends at the target; capacities that do not hold the target stop the build
starts as (

    select
        member_groups.{{ partition }},
        any_value(levels.level) as level,
        case
            when any_value(levels.level) is null and any_value(member_groups.target) > 0 then {{ raise_error(
                "any_value(member_groups.target) || ' bookings are to be shared out where there is room for ' || sum(member_groups.capacity * member_groups.group_size) || '. ' || " ~ advice
            ) }}::bigint
            else (any_value(member_groups.target) * {{ one_portion() }} - sum({{ wide_integer('member_groups.group_size') }} * least(member_groups.capacity << {{ portion_bits() }}, levels.level * member_groups.weight)))::bigint
        end as start_portion
    from member_groups
    left join levels
        on member_groups.{{ partition }} = levels.{{ partition }}
    group by member_groups.{{ partition }}

),

portions as (

    select
        {{ members }}.*,
        starts.start_portion,
        least({{ members }}.capacity << {{ portion_bits() }}, starts.level * {{ members }}.weight) as portion
    from {{ members }}
    inner join starts
        on {{ members }}.{{ partition }} = starts.{{ partition }}

),

running_portions as (

    select
        *,
        {{ low_bits('start_portion + sum(' ~ wide_integer('portion') ~ ') over (partition by ' ~ partition ~ ' order by ' ~ number ~ ')', portion_bits()) }} as running_portion
    from portions

),

allotted as (

    select
        {{ columns_except(['portion', 'start_portion', 'running_portion']) }},
        -{{ shift_right('running_portion - portion', portion_bits()) }} as allotment
    from running_portions

)
{%- endmacro %}
