from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.entities.text_rules import clean_line, clean_text, make_key, romanize
from extract.entities.texts.inventions import find_invention
from extract.entities.texts.slots import find_bad_slot

CLEANED = [
    ("a\x00b\x07c", "abc"),
    ("zero\u200bwidth \u202eright to left\u202c", "zerowidth right to left"),
    ("lone \ud800 surrogate", "lone surrogate"),
    ("tab\tand\u00a0no-break", "tab and no-break"),
    ("two\r\nlines\u2028three", "two\nlines\nthree"),
    ("a\n\n\n\n b ", "a\n\nb"),
    ("Cafe\u0301", "Caf\u00e9"),
    ("party \U0001f389", "party \U0001f389"),
]
INVENTED = [
    "it cost $40",
    "that is 12 dollars",
    "about 15 EUR",
    "on March 14",
    "the 3rd of June",
    "14 march please",
    "on 2026-05-01",
    "by 5/14/26",
    "see you 9/30",
    "back in 2024",
    "on May 5",
    "order r_00042",
    "ref #4471",
    "booking number: ab12",
    "code 123456",
    "mail me at a@b.com",
    "see https://x.y",
    "<script>x</script>",
    "at www.x.y",
]
INNOCENT = [
    "you may 5 times retry",
    "help is there 24/7",
    "one of 3 tickets",
    "the 1920s revue",
    "I <3 it",
    "half past 7",
    "order two things",
    "a no. 1 fan",
    "in the second act",
    "March on",
    "the decade of may",
]


@pytest.mark.parametrize(("raw", "clean"), CLEANED)
def test_clean_text_follows_its_rules(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_stable_and_fits_utf8(raw: str) -> None:
    clean = clean_text(raw)

    assert clean_text(clean) == clean
    assert clean.encode().decode() == clean


def test_clean_line_has_no_line_end() -> None:
    assert clean_line(" a\n\nb ") == "a b"


def test_a_megabyte_is_refused() -> None:
    with pytest.raises(ValueError, match="1,000,000 characters are too many"):
        clean_text("a" * 1_000_000)


@pytest.mark.parametrize("text", INVENTED)
def test_facts_that_only_a_row_may_state_are_found(text: str) -> None:
    assert find_invention(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_everyday_words_and_numbers_are_no_facts(text: str) -> None:
    assert find_invention(text) is None


def test_unknown_slots_and_stray_braces_are_found() -> None:
    assert find_bad_slot("to {city}", {"city"}) is None
    assert find_bad_slot("to {town}", {"city"}) == "unknown slot {town}"
    assert find_bad_slot("{{ config() }}", {"city"}) == "a brace outside a slot"
    assert find_bad_slot("{city", {"city"}) == "a brace outside a slot"


def test_names_become_latin_but_keep_their_accents() -> None:
    assert romanize("José Müller") == "José Müller"
    assert romanize("Иван").isascii()


def test_keys_ignore_case_accents_and_punctuation() -> None:
    assert make_key("  The Café, Oakland! ") == make_key("the cafe Oakland")
