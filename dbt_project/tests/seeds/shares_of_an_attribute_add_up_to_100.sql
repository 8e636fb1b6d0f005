-- The commonest slip of a person who changes shares.csv: one line is raised and no other lowered.
with

sums as (

    select
        attribute,
        sum(share) as percent
    from {{ ref('shares') }}
    group by attribute

)

select *
from sums
where case
    when percent != 100 then {{ raise_error(
        "'the shares of ' || attribute || ' in seeds/shares.csv add up to ' || percent || ', not to 100: change another line of it, too'"
    ) }}
    else false
end
