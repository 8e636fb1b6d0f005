-- Ids written in another way are counted (requirements: sequential-ids), and so is what is missing before the highest; five digits grow to six.
with

ids as (

    select
        {{ sequential_id('x', 'number') }} as good,
        'x_' || lpad(number::string, 6, '0') as wide,
        {{ sequential_id('x', 'number + 5') }} as late,
        'none' as other
    from (select 99995 + number as number from ({{ number_series(6) }}) as series) as numbers

),

counted as (

    select
        {{ id_sequence_errors('x', 'good') }} as good,
        {{ id_sequence_errors('x', 'wide') }} as wide,
        {{ id_sequence_errors('x', 'late') }} as late,
        {{ id_sequence_errors('x', 'other') }} as other
    from ids

)

select * from counted
where good.violations != 99995 or wide.violations != 99999 or late.violations != 100000 or other.violations != 12
