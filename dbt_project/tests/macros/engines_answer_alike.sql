{#- Each macro of the folder engine with the same inputs and the same answers on every engine. -#}
{% set words = array_of(["'b'", "'a'", "'c'"]) %}
{% set none_of_text = array_of([]) %}
{% set numbers = array_of(['3', '1', '2']) %}
{% set no_text = 'null::string' %}
{% set moment = "timestamp '2026-01-31 09:05:07'" %}
{% set cases = [
    ('array_of', array_join(words, '|'), 'b|a|c'),
    ('array_of', array_size(none_of_text), '0'),
    ('array_of', array_size(array_of([], 'bigint')), '0'),
    ('array_size', array_size(words), '3'),
    ('array_join', array_join(none_of_text, '|'), ''),
    ('array_join', array_join(array_of(["'a'", no_text, "'b'"]), '|'), 'a|b'),
    ('array_get', array_get(words, 1), 'b'),
    ('array_get', array_get(words, 3), 'c'),
    ('array_get', array_get(words, 4), none),
    ('array_get', array_get(words, '1 + 1'), 'a'),
    ('array_get', array_get(words, -1), 'c'),
    ('array_get', array_get(words, -3), 'b'),
    ('array_get', array_get(words, -4), none),
    ('array_get', array_get(none_of_text, 1), none),
    ('array_get', array_get(none_of_text, -1), none),
    ('array_get', array_get(words, 'null::bigint'), none),
    ('array_slice', array_join(array_slice(words, 2), '|'), 'a|c'),
    ('array_slice', array_join(array_slice(words, 1, 2), '|'), 'b|a'),
    ('array_slice', array_join(array_slice(words, 2, 9), '|'), 'a|c'),
    ('array_slice', array_join(array_slice(words, 3, 2), '|'), ''),
    ('array_slice', array_join(array_slice(words, 9), '|'), ''),
    ('array_slice', array_join(array_slice(none_of_text, 1, 2), '|'), ''),
    ('array_place', array_place(words, "'a'"), '2'),
    ('array_place', array_place(words, "'x'"), none),
    ('array_place', array_place(array_of(["'a'", "'a'"]), "'a'"), '1'),
    ('array_place', array_place(none_of_text, "'a'"), none),
    ('array_has_all', array_has_all(words, array_of(["'c'", "'b'"])), 'true'),
    ('array_has_all', array_has_all(words, array_of(["'c'", "'x'"])), 'false'),
    ('array_has_all', array_has_all(words, none_of_text), 'true'),
    ('array_has_any', array_has_any(words, array_of(["'x'", "'b'"])), 'true'),
    ('array_has_any', array_has_any(words, array_of(["'x'"])), 'false'),
    ('array_has_any', array_has_any(words, none_of_text), 'false'),
    ('array_filter', array_join(array_filter(words, 'word', "word > 'a'"), '|'), 'b|c'),
    ('array_filter', array_size(array_filter(words, 'word', "word > 'z'")), '0'),
    ('array_transform', array_join(array_transform(words, 'word', "word || '!'"), '|'), 'b!|a!|c!'),
    ('array_transform', array_size(array_transform(none_of_text, 'word', "word || '!'")), '0'),
    ('array_total', array_total(array_of(['0.5::double', '0.25::double'])), '0.75'),
    ('array_total', array_total(array_filter(array_of(['1.0::double']), 'number', 'number > 2')), none),
    ('array_range', array_size(array_range('3::bigint')), '3'),
    ('array_range', array_get(array_range('3::bigint'), -1), '2'),
    ('array_range', array_size(array_range('0::bigint')), '0'),
    ('array_range', array_size(array_range('-1::bigint')), '0'),
    ('int_div', int_div(7, 2), '3'),
    ('int_div', int_div(0, 3), '0'),
    ('int_div', int_div('4611686018427387904', 2), '2305843009213693952'),
    ('int_div', int_div(wide_integer('4611686018427387904') ~ ' * 1000', 1000), '4611686018427387904'),
    ('wide_integer', wide_integer('4611686018427387904') ~ ' * 4611686018427387904', '21267647932558653966460912964485513216'),
    ('low_bits', low_bits(wide_integer('4611686018427387905') ~ ' * 8', 34), '8'),
    ('low_bits', low_bits('17::bigint', 4), '1'),
    ('high_bits', high_bits(wide_integer('4611686018427387905') ~ ' * 8', 34), '2147483648'),
    ('high_bits', high_bits('17::bigint', 4), '1'),
    ('shift_right', shift_right('4611686018427387904', 32), '1073741824'),
    ('shift_right', shift_right('5::bigint', 32), '0'),
    ('shift_right', shift_right('-5::bigint', 1), '-3'),
    ('shift_left', shift_left('5::bigint', 33), '42949672960'),
    ('chosen_number', chosen_number('1 < 2', '5::bigint', '7::bigint'), '5'),
    ('chosen_number', chosen_number('2 < 1', '5::bigint', '-7::bigint'), '-7'),
    ('exclusive_or', exclusive_or('12::bigint', '10::bigint'), '6'),
    ('exclusive_or', exclusive_or('4611686018427387904', '1::bigint'), '4611686018427387905'),
    ('nearest_integer', nearest_integer('0.5::double'), '0'),
    ('nearest_integer', nearest_integer('1.5::double'), '2'),
    ('nearest_integer', nearest_integer('2.5::double'), '2'),
    ('nearest_integer', nearest_integer('-1.5::double'), '-2'),
    ('nearest_integer', nearest_integer('2.4999::double'), '2'),
    ('nearest_integer', nearest_integer('2.75::decimal(9, 2)'), '3'),
    ('nearest_integer', nearest_integer('null::double'), none),
    ('round_to', round_to('2.675::decimal(9, 3)', 2), '2.68'),
    ('round_to', round_to('1.005::double', 2), '1.0'),
    ('round_to', round_to('-1.25::double', 1), '-1.3'),
    ('days_between', days_between("date '2026-02-28'", "date '2026-03-01'"), '1'),
    ('days_between', days_between("date '2026-03-01'", "date '2026-02-28'"), '-1'),
    ('days_between', days_between("null::date", "date '2026-02-28'"), none),
    ('seconds_between', seconds_between("timestamp '2026-02-28 23:59:00'", "timestamp '2026-03-01 00:00:00'"), '60'),
    ('seconds_between', seconds_between("timestamp '2026-03-01 00:00:00'", "timestamp '2026-02-28 23:59:00'"), '-60'),
    ('seconds_after', seconds_after(moment, 86400), '2026-02-01 09:05:07'),
    ('seconds_after', seconds_after("timestamp '2026-03-01 00:00:00'", -1), '2026-02-28 23:59:59'),
    ('epoch_seconds', epoch_seconds("timestamp '1970-01-02 00:00:01'"), '86401'),
    ('epoch_seconds', epoch_seconds(moment), '1769850307'),
    ('from_epoch_seconds', from_epoch_seconds('1769850307::bigint'), '2026-01-31 09:05:07'),
    ('start_of', start_of('month', moment), '2026-01-01 00:00:00'),
    ('start_of', start_of('day', moment), '2026-01-31 00:00:00'),
    ('start_of', start_of('month', "date '2026-02-28'"), '2026-02-01 00:00:00'),
    ('iso_weekday', iso_weekday("date '2026-06-01'"), '1'),
    ('iso_weekday', iso_weekday("date '2026-05-31'"), '7'),
    ('format_moment', format_moment(moment, '%A, %B %-d, %Y'), 'Saturday, January 31, 2026'),
    ('format_moment', format_moment(moment, '%Y-%m-%d %H:%M'), '2026-01-31 09:05'),
    ('format_moment', format_moment("timestamp '2026-01-01 00:30:00'", '%-I %p'), '12 AM'),
    ('format_moment', format_moment("timestamp '2026-01-01 12:30:00'", '%-I %p'), '12 PM'),
    ('fill_slots', fill_slots("'{city}, {city}: {hall}!'", {'city': "'Oakland'", 'hall': "'the {city} Hall'"}), 'Oakland, Oakland: the {city} Hall!'),
    ('fill_slots', fill_slots("'{{city}} {town} {city {city} city} {'", {'city': "'Reno'"}), '{Reno} {town} {city Reno city} {'),
    ('fill_slots', fill_slots("'{city'", {'city': "'Reno'"}), '{city'),
    ('fill_slots', fill_slots("''", {'city': "'Reno'"}), ''),
    ('fill_slots', fill_slots("'{city}'", {}), '{city}'),
    ('fill_slots', fill_slots(no_text, {'city': "'Reno'"}), none),
    ('hour_of_clock', hour_of_clock("'9 am'"), '9'),
    ('hour_of_clock', hour_of_clock("'12 am'"), '0'),
    ('hour_of_clock', hour_of_clock("'12 PM'"), '12'),
    ('hour_of_clock', hour_of_clock("'soon'"), none),
    ('text_literal', text_literal("it's \\b"), "it's \\b"),
    ('regex_matches', regex_matches("'caf'", regex('\\bcaf\\b')), 'true'),
    ('regex', regex_matches("'café'", regex('\\bcaf\\b')), 'true'),
    ('regex', regex_matches("'cafe'", regex('\\bcaf\\b')), 'false'),
    ('regex', regex_matches("'it''s 5'", regex("it's \\d")), 'true'),
    ('regex', regex_matches("'a.b'", regex('a\\.b')), 'true'),
    ('regex', regex_matches("'axb'", regex('a\\.b')), 'false'),
    ('regex_matches', regex_matches(no_text, regex('a')), none),
    ('regex_matches_whole', regex_matches_whole("'abc'", 'b|abc'), 'true'),
    ('regex_matches_whole', regex_matches_whole("'abcd'", 'b|abc'), 'false'),
    ('regex_matches_whole', regex_matches_whole("'abc' || chr(10)", 'abc'), 'false'),
    ('regex_replace', regex_replace("'a1b22'", regex('\\d+'), '#'), 'a#b#'),
    ('regex_replace', regex_replace("'a1'", regex('([a-z])(\\d)'), '\\2\\1'), '1a'),
    ('regex_replace', regex_replace("'costs 5'", regex('\\d'), '$9'), 'costs $9'),
    ('regex_replace', regex_replace("'cost 7'", regex('(\\d)'), '$\\1'), 'cost $7'),
    ('regex_replace', regex_replace("'it is'", regex(' is'), "'s"), "it's"),
    ('regex_replace', regex_replace("'none'", regex('x'), 'y'), 'none'),
    ('regex_split', array_join(regex_split("'a, b,c'", ', *'), '|'), 'a|b|c'),
    ('regex_split', array_size(regex_split("''", ', *')), '1'),
    ('starts_with', starts_with("'event'", "'ev'"), 'true'),
    ('starts_with', starts_with("'event'", "'vent'"), 'false'),
    ('starts_with', starts_with("'event'", "''"), 'true'),
    ('without_accents', without_accents("'Zoë Núñez, Łódź'"), 'Zoe Nunez, Łodz'),
    ('sha256_text', sha256_text("'é'"), '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'),
    ('json_text', json_text(map_by_name({'a': "'it''s'", 'b': "'\"'"})), '{"a":"it\'s","b":"\\""}'),
    ('map_of', "(" ~ map_of(words, numbers) ~ ")['a']", '1'),
    ('map_by_name', "(" ~ map_by_name({'x': "'y'"}) ~ ")['x']", 'y'),
    ('struct_of', "(" ~ struct_of({'violations': '3', 'example': "'r_1'"}) ~ ").example", 'r_1'),
    ('enum_value', enum_value('paid', ['open', 'paid']) ~ "::string", 'paid'),
    ('enum_value', enum_value('paid', ['open', 'paid']) ~ " = 'paid'", 'true'),
    ('raise_error', 'coalesce(1, ' ~ raise_error("'never'") ~ '::bigint)', '1'),
    ('create_functions', 'main.mix32(4611686018427387904)', '0'),
    ('create_functions', 'main.mix32(1::bigint)', '2262038484'),
    ('create_functions', 'main.scale32(4294967295, 100)', '99'),
    ('create_functions', 'main.low_mask(5::bigint)', '3'),
    ('create_functions', 'main.half_shift(5::bigint)', '1'),
    ('create_functions', 'main.digits32(42::bigint)', '000042'),
] %}
{#- One list and not a select each, which Spark would plan each by itself. -#}
{% set structs = [] %}
{% for name, expression, expected in cases %}
    {% do structs.append(struct_of({
        'macro_name': text_literal(name),
        'actual': '(' ~ expression ~ ')::string',
        'expected': text_literal(expected) if expected is not none else no_text,
    })) %}
{% endfor %}
with

listed as (

    select {{ unnested(words) }} as word

),

ranked as (

    select
        word,
        case when word < 'c' then 1 else 0 end as rank
    from listed

),

ranged as (

    select {{ unnested_range('3::bigint') }} as number

),

empty_range as (

    select {{ unnested_range('0::bigint') }} as number

),

series as (

    {{ number_series(4) }}

),

days as (

    select {{ unnested_dates("date '2026-02-27'", "date '2026-03-01'") }} as day

),

excepted as (

    select {{ columns_except(['rank'], of='ranked') }} from ranked

),

aggregated as (

    select
        {{ array_join(array_collect('word'), '|') }} as collected,
        {{ array_join(array_collect('word', order_by='rank'), '|') }} as collected_by_rank,
        {{ array_join(array_collect('word', condition="word <> 'a'"), '|') }} as collected_in_part,
        {{ array_join(array_collect_distinct("case when word = 'c' then 'a' else word end"), '|') }} as collected_distinct,
        {{ array_join('array_sort(' ~ array_collect_unordered('word') ~ ')', '|') }} as collected_unordered,
        {{ array_collect('word', condition="word > 'z'") }} as collected_of_none,
        {{ array_total(array_collect('rank::double + 0.5')) }} as total_collected,
        {{ text_collect('word', ', ', 'word desc') }} as text_collected,
        {{ text_collect("case when word > 'z' then word end", ', ', 'word desc') }} as text_collected_of_none,
        {{ most_frequent('rank', "word <> 'z'") }} as most_frequent
    from ranked

),

aggregated_of_none as (

    select
        {{ array_collect('word') }} as collected,
        {{ array_collect_distinct('word') }} as collected_distinct
    from ranked
    where word > 'z'

),

-- functions of ours are not called where rows are made of a list, which Spark refuses
all_asked as (

    select {{ array_of(structs) }} as asked_answers  -- noqa: PRS

),

asked as (

    select {{ unnested('asked_answers') }} as answer from all_asked

),

answers as (

    select answer.macro_name, answer.actual, answer.expected from asked
    union all
    select 'unnested', {{ text_collect('word', '|', 'word') }}, 'a|b|c' from listed
    union all
    select 'unnested_range', {{ text_collect('number::string', '|', 'number') }}, '0|1|2' from ranged
    union all
    select 'unnested_range', count(*)::string, '0' from empty_range
    union all
    select 'number_series', {{ text_collect('number::string', '|', 'number') }}, '1|2|3|4' from series
    union all
    select 'unnested_dates', {{ text_collect('day::string', '|', 'day') }}, '2026-02-27|2026-02-28|2026-03-01' from days
    union all
    select 'columns_except', {{ text_collect('excepted.word', '|', 'excepted.word') }}, 'a|b|c' from excepted
    union all
    select 'array_collect', collected, 'a|b|c' from aggregated
    union all
    select 'array_collect', collected_by_rank, 'c|a|b' from aggregated
    union all
    select 'array_collect', collected_in_part, 'b|c' from aggregated
    union all
    select 'array_collect_unordered', collected_unordered, 'a|b|c' from aggregated
    union all
    select 'array_collect_distinct', collected_distinct, 'a|b' from aggregated
    union all
    select 'array_collect', {{ array_size('collected_of_none') }}::string, null from aggregated
    union all
    select 'array_collect', {{ array_size('collected') }}::string, null from aggregated_of_none
    union all
    select 'array_collect_distinct', {{ array_size('collected_distinct') }}::string, null from aggregated_of_none
    union all
    select 'array_total', total_collected::string, '3.5' from aggregated
    union all
    select 'text_collect', text_collected, 'c, b, a' from aggregated
    union all
    select 'text_collect', text_collected_of_none, null from aggregated
    union all
    select 'most_frequent', most_frequent::string, '1' from aggregated

)

select *
from answers
where actual is distinct from expected
