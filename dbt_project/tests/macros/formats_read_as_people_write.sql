{% set cases = [
    (sequential_id('u', 1), 'u_00001'),
    (sequential_id('r', 99999), 'r_99999'),
    (sequential_id('r', 100000), 'r_100000'),
    (sequential_id('r', 'null::bigint'), none),
    (id_number("'kb_00042'"), '42'),
    (id_number("'r_1234567'"), '1234567'),
    (format_number(1), 'one'),
    (format_number(12), 'twelve'),
    (format_number(13), '13'),
    (format_day_span(2), 'two days'),
    (format_day_span(12), 'twelve days'),
    (format_day_span(13), '13 days'),
    (format_day_span(14), 'two weeks'),
    (format_day_span(59), 'eight weeks'),
    (format_day_span(60), 'two months'),
    (format_day_span(74), 'two months'),
    (format_day_span(75), 'three months'),
    (format_day_span(180), 'six months'),
    (format_money('8405::bigint'), '$84.05'),
    (format_money('7::bigint'), '$0.07'),
    (format_date("date '2026-03-04'"), 'March 4'),
    (local_date("timestamp '2026-03-05 07:59:59'"), '2026-03-04'),
    (local_date("timestamp '2026-03-05 08:00:00'"), '2026-03-05'),
    (month_start(month_number("timestamp '2026-12-31 23:59:59'")), '2026-12-01 00:00:00'),
    (month_start(month_number("date '2026-12-31'") ~ ' + 1'), '2027-01-01 00:00:00'),
    (seconds_after("timestamp '2026-03-01 00:00:00'", -1), '2026-02-28 23:59:59'),
    (seconds_between("timestamp '2026-02-28 23:59:00'", "timestamp '2026-03-01 00:00:00'"), '60'),
    (int_div(7, 2), '3'),
    (fill_slots("'{city}, {city}: {venue_name}'", {'city': "'Oakland'", 'venue_name': "'{city} Hall'"}), 'Oakland, Oakland: {city} Hall'),
    ("(select " ~ fill_digits('runs', "'271828'") ~ " from (select " ~ digit_runs("'+1 (415) 555-01##'") ~ ") as runs) = '+1 (415) 555-0127'", 'true'),
    ("(select " ~ fill_digits('runs', "'271828'") ~ " from (select " ~ digit_runs("'+52 55 000# ####'") ~ ") as runs) = '+52 55 0002 7182'", 'true'),
    (array_join(terms_of("'Tickets {event_title} were the Refunded tickets, 2 of us!'"), ' '), 'ticket refund ticket'),
    (array_join(search_terms_of("'The Cafés {event_title} were 2 of 19 I know, O_o!'"), ' '), 'cafés were 19 know o_o'),
    (rag_confidence('(0)', '(102)'), '0.00'),
    (rag_confidence('(101)', '(102)'), '0.39'),
    (rag_confidence('(102)', '(102)'), '0.40'),
    (rag_confidence('(0)', '(0)'), '0.00'),
] %}
with

parties as (

    select {{ unnested(array_of([0, 4, 5, 9, 10])) }} as rank, 5 as up_to_1, 8 as up_to_2, 9 as up_to_3, 10 as up_to_4, 10 as up_to_5

),

formatted as (

    {% for expression, expected in cases %}
        {{ 'union all' if not loop.first }}
        select ({{ expression }})::string as actual, {{ "'" ~ expected ~ "'" if expected is not none else 'null' }} as expected
    {% endfor %}
    union all
    select {{ text_collect(party_size('rank', 'parties'), ' ', 'rank') }}, '1 1 2 4 6' from parties

)

select *
from formatted
where actual is distinct from expected
