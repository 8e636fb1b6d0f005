-- Draws of seed 42, computed by the same arithmetic in Python: a change of the macro would deal another world.
{{ config(enabled=(var('seed') | string == '42')) }}
{% set golden = [
    ('account age', 0, 162517739),
    ('account age', 1, 3549522356),
    ('account age', 2, 2184282028),
    ('account age', 4294967295, 1378139490),
    ('account age', 4294967296, 2510288053),
    ('account age', 12345678901, 842928873),
    ('user tier', 1, 204763561),
    ('user tier', 2, 2411717657),
    ('status line turn 1', 65537, 3107392770),
] %}
with

draws as (

    {% for purpose, key, expected in golden %}
        {{ 'union all' if not loop.first }}
        select '{{ purpose }}, {{ key }}' as what, {{ draw(purpose, key ~ '::bigint') }} as actual, {{ expected }} as expected
    {% endfor %}
    union all
    select 'below 100', {{ draw_below('account age', '1::bigint', 100) }}, 82
    union all
    select 'between -5 and 5', {{ draw_between('account age', '1::bigint', -5, 5) }}, 4
    union all
    select 'unit, in 2^32nds', ({{ draw_unit('account age', '1::bigint') }} * 4294967296)::bigint, 3549522356

)

select *
from draws
where actual is distinct from expected
