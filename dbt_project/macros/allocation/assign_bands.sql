{#-
  A CTE that deals the events of a class to its bands, in boustrophedon order of capacity, so that every band has its part of the seats. `events` names a CTE
  with class_number, event_number, capacity and bands.
-#}
{% macro assign_bands(events) -%}
banded as (

    select
        * exclude (event_rank),
        case when {{ int_div('event_rank', 'bands') }} % 2 = 0 then event_rank % bands else bands - 1 - event_rank % bands end as band
    from (
        select *, row_number() over (partition by class_number order by capacity desc, event_number) - 1 as event_rank
        from {{ events }}
    ) as ranked

)
{%- endmacro %}
