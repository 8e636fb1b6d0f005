-- Macro seconds_until_hours: before the opening, at it, at the last second, at the closing; Pacific standard time, of which 8 am is 4 pm UTC.
with

moments as (

    select rows_of_test.*
    from (
        values
        ('2026-05-20 15:59:59', 1),
        ('2026-05-20 16:00:00', 0),
        ('2026-05-21 05:59:59', 0),
        ('2026-05-21 06:00:00', 36000),
        ('2026-05-21 07:59:59', 28801),
        ('2026-05-21 08:00:00', 28800)
    ) as rows_of_test (moment, expected)

)

select moment, expected
from moments
where {{ seconds_until_hours(epoch_seconds('moment::timestamp'), 8, 22) }} != expected
