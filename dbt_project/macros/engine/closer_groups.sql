{#-
  One round of finding groups: `source` has members, what they share, and the first member of the group that each has found so far. Of all that share something
  with a member the first is found, and then what that one has found in this round: each round reaches about twice as far as the one before.
-#}
{% macro closer_groups(name, source, shared, member, link, first) -%}
  {{ adapter.dispatch('closer_groups')(name, source, shared, member, link, first) }}
{%- endmacro %}

{% macro default__closer_groups(name, source, shared, member, link, first) -%}
heard_{{ name }} as (

    select {{ member }}, {{ link }}, min({{ first }}) over (partition by {{ link }}) as {{ first }}
    from {{ source }}

),

joined_{{ name }} as (

    select {{ member }}, min({{ first }}) as {{ first }}
    from heard_{{ name }}
    group by {{ member }}

),

{{ name }} as (

    select shared.{{ member }}, shared.{{ link }}, firsts.{{ first }}
    from {{ shared }} as shared
    inner join joined_{{ name }} as joined
        on shared.{{ member }} = joined.{{ member }}
    inner join joined_{{ name }} as firsts
        on joined.{{ first }} = firsts.{{ member }}

)
{%- endmacro %}

{#- Spark writes out a step wherever it is read, and a round that is joined with itself would double the plan. So each row asks the first of its group, and answers
    as its own member. -#}
{% macro spark__closer_groups(name, source, shared, member, link, first) -%}
heard_{{ name }} as (

    select {{ member }}, {{ link }}, min({{ first }}) over (partition by {{ link }}) as {{ first }}
    from {{ source }}

),

joined_{{ name }} as (

    select {{ member }}, {{ link }}, min({{ first }}) over (partition by {{ member }}) as {{ first }}
    from heard_{{ name }}

),

asked_{{ name }} as (

    select *, explode(array(true, false)) as is_asking
    from joined_{{ name }}

),

answered_{{ name }} as (

    select
        {{ member }},
        {{ link }},
        is_asking,
        min(case when not is_asking then {{ first }} end) over (partition by case when is_asking then {{ first }} else {{ member }} end) as {{ first }}
    from asked_{{ name }}

),

{{ name }} as (

    select {{ member }}, {{ link }}, {{ first }}
    from answered_{{ name }}
    where is_asking

)
{%- endmacro %}
