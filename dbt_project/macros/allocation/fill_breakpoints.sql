{#-
  A CTE filled_groups: for each group of members with one capacity and weight, the capacity of the groups that are full before it as the level of shared_out
  rises, and the weight of those that are not. `groups` names a CTE with `partition`, capacity, weight and group_size.
-#}
{% macro fill_breakpoints(groups, partition) -%}
filled_groups as (

    select
        *,
        coalesce(sum({{ wide_integer('capacity') }} * group_size) over (
            partition by {{ partition }} order by {{ fill_order() }} rows between unbounded preceding and 1 preceding
        ), 0) as full_capacity,
        {{ sum_from_here(wide_integer('weight') ~ ' * group_size', partition, fill_order()) }} as open_weight
    from {{ groups }}

)
{%- endmacro %}
