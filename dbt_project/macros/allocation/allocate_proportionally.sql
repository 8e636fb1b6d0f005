{#-
  CTEs that divide a whole number among members in proportion to their weights and under their capacities. `members` names a CTE
  with the columns target, capacity and weight (whole numbers, weight above 0), `partition` the column whose groups each divide
  their own target, `number` a unique number that orders the members. The CTE `allotted` holds all columns of `members`, `allotment` and, if asked for, `before`.

  Level: each member's portion is least(capacity, level * weight). Members whose capacity / weight is small are full first; along that
  order the level is the first at which the full ones' capacity and the others' weight * level reach the target.
  Whole: portions are fixed-point numbers (macro portion_bits). With c the running sum of portions, started so that it ends at the target, a member
  gets floor(c) - floor(c - portion). These telescope to the target exactly, and each is the portion rounded down or up, so never above the capacity.
  c starts below one unit, as long as the weights of a partition sum to well below 2^34. For the allotment only its fraction is needed: a bigint holds the whole of it
  up to 2^29 units of one partition. `before` names one more column, what the members with lesser numbers have together: floor(c - portion), of the whole c.
-#}
{% macro allocate_proportionally(members, partition, number, is_cut=true, counted=none, before=none, advice="'Ask for fewer reservations, or for more users and events'") -%}
member_groups as (

    {% if counted %}
    select * from {{ counted }}
    {% else %}
    select {{ partition }}, target, capacity, weight, count(*) as group_size
    from {{ members }}
    group by {{ partition }}, target, capacity, weight
    {% endif %}

),

{{ fill_breakpoints('member_groups', partition) }},

-- of the groups that hold the level the first has the fewest full before it, and the most weight from it on
held as (

    select
        {{ partition }},
        {{ int_div('(any_value(target) - min(full_capacity)) * ' ~ one_portion(), 'max(open_weight)') }}::bigint as level
    from filled_groups
    where open_weight * capacity >= (target - full_capacity) * weight
    group by {{ partition }}

),

levels as (

    select
        {{ partition }},
        level,
        {{ heaviest_weight('level') }} as heaviest
    from held

),

-- what the running sum starts from, so that it ends at the target; capacities that do not hold the target stop the build
starts as (

    select
        member_groups.{{ partition }},
        any_value(levels.level) as level,
        any_value(levels.heaviest) as heaviest,
        case
            when any_value(levels.level) is null and any_value(member_groups.target) > 0 then {{ raise_error(
                "'Cannot place ' || any_value(member_groups.target) || ' bookings: there is room for ' || sum(member_groups.capacity * member_groups.group_size) || '. ' || " ~ advice
            ) }}::bigint
            else (any_value(member_groups.target) * {{ one_portion() }} - sum({{ wide_integer('member_groups.group_size') }} * {{ portion_at_level('member_groups.capacity', 'member_groups.weight', 'levels.level', 'levels.heaviest') }}))::bigint
        end as start_portion
    from member_groups
    left join levels
        on member_groups.{{ partition }} = levels.{{ partition }}
    group by member_groups.{{ partition }}

),

portions as (

    select {{ broadcast_hint('starts') }}
        {{ members }}.*,
        starts.start_portion,
        {{ portion_at_level(members ~ '.capacity', members ~ '.weight', 'starts.level', 'starts.heaviest') }} as portion
    from {{ members }}
    inner join starts
        on {{ members }}.{{ partition }} = starts.{{ partition }}

),

{{ running_totals(
    'running_portions', 'portions', {'running_portion': wide_integer('portion') if before else 'portion'}, order_by=[number], partition=partition,
    cut=number if is_cut, bits=none if before else portion_bits() | int, key_types={number: 'integer'}
) }},

allotted as (

    select
        {{ columns_except(['portion', 'start_portion', 'running_portion']) }},
        -{{ shift_right(low_bits('start_portion + running_portion', portion_bits()) ~ ' - portion', portion_bits()) }} as allotment
        {% if before %}
            , {{ high_bits('start_portion + running_portion - portion', portion_bits()) }} as {{ before }}
        {% endif %}
    from running_portions

)
{%- endmacro %}
