"""What a model may write, what is mended, and what is refused by which name: the cases of tests/cases/texts.yaml."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.texts.claims import find_claims
from extract.entities.texts.facts import _FOUND, find_facts
from extract.entities.texts.inventions import find_invention
from extract.entities.texts.mends import MENDS, Mend
from extract.entities.texts.names import find_names
from extract.entities.texts.near_slots import mend_units
from extract.entities.texts.sentences import find_sentence_ends
from extract.planning.seeds import Seeds
from extract.replies.validate import describe_first_error
from extract.settings import Settings
from tests.paths import REPO_ROOT

SEEDS = Seeds(Settings().seeds_dir)
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((REPO_ROOT / "tests/cases/texts.yaml").read_text("utf-8"))
WHERE = {"tickets": "description", "kb_articles": "content", "events": "description", "users": "full_name"}
PARAGRAPH = "Open the app and look at the booking, then read what stands under its title, and decide at leisure."
REST: dict[str, dict[str, Any]] = {
    "tickets": {"subject": "Hello", "description": "Hello.", "follow_up": "Yes.", "pushback": "No.", "thanks": "Ok."},
    "kb_articles": {
        "title": "How a card refund is made",
        "tags": ["refund", "booking", "card"],
        "content": f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}",
    },
    "events": {"title": "Clay", "description": "A long evening of clay and bells. Bring a coat."},
    "users": {"full_name": "Priya Sharma"},
}
SHORT = {"kb_articles": 200, "events": 30}


def list_slots(entity: str) -> frozenset[str]:
    if entity == "kb_articles":
        return frozenset(row.policy for row in SEEDS.policies)
    kind = {"tickets": "ticket", "events": "event"}.get(entity)
    return frozenset(slot.slot for slot in SEEDS.slots if slot.text == kind)


def read(entity: str, field: str, said: Any, **context: Any) -> tuple[Any, list[str]]:
    """Validate a record that says this in one field; what it becomes, and the mends."""
    mended: list[str] = []
    record = {**REST[entity], field: said}
    told = {"slots": list_slots(entity), "mended": mended, **context}
    return getattr(get_entity(entity).record.model_validate(record, context=told), field), mended


def pad(entity: str, field: str, text: str) -> str:
    """Write around a short text of an article, so that it is long enough."""
    return f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{text}" if entity == "kb_articles" and field == "content" else text


def list_cases(outcome: str) -> list[Any]:
    return [
        pytest.param(entity, case.get("field", WHERE[entity]), case, id=f"{entity}: {case['text'][:50]}")
        for entity, cases in CASES.items()
        for case in cases
        if case["outcome"] == outcome and (outcome != "mend" or "value" in case)
    ]


@pytest.mark.parametrize(("entity", "field", "case"), list_cases("accept"))
def test_what_is_true_without_a_row_is_accepted(entity: str, field: str, case: dict[str, Any]) -> None:
    said = pad(entity, field, case["text"])
    assert read(entity, field, said)[0] == said


@pytest.mark.parametrize(("entity", "field", "case"), list_cases("mend"))
def test_what_can_be_read_with_certainty_is_mended_and_counted(entity: str, field: str, case: dict[str, Any]) -> None:
    value, mended = read(entity, field, pad(entity, field, case["text"]))
    assert value == pad(entity, field, case["value"])
    assert len(mended) == 1


@pytest.mark.parametrize(("entity", "field", "case"), list_cases("refuse"))
def test_a_fact_that_no_row_knows_is_refused_by_its_name(entity: str, field: str, case: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        read(entity, field, pad(entity, field, case["text"]))
    assert case["names"] in describe_first_error(refused.value)


def test_tags_are_filled_from_the_topic_and_cut_to_five() -> None:
    topic = {"topic": "refund_timing", "category": "policy"}
    assert read("kb_articles", "tags", ["refund"], **topic) == (["refund", "refund timing", "timing"], ["tags"])
    assert read("kb_articles", "tags", ["refund"]) == (["refund", "card", "made"], ["tags"])
    assert read("kb_articles", "tags", ["a1", "b2", "c3", "d4", "e5", "f6"]) == (
        ["a1", "b2", "c3", "d4", "e5"],
        ["tags"],
    )


def test_blocks_are_joined_to_five_paragraphs_and_lists_stay_lists() -> None:
    blocks = [PARAGRAPH, "To cancel:", "- Open the app.", "- Tap the booking.", "- Confirm.", PARAGRAPH, PARAGRAPH]
    content, mended = read("kb_articles", "content", "\n\n".join(blocks))
    assert content.split("\n\n")[0] == PARAGRAPH
    assert 3 <= content.count("\n\n") + 1 <= 5
    assert "- Open the app.\n- Tap the booking." in content
    assert mended == ["paragraphs"]


@pytest.mark.parametrize(
    "content", ["\n\n".join([f"{PARAGRAPH} {PARAGRAPH}"] * 2), " ".join([PARAGRAPH] * 4), "\n".join([PARAGRAPH] * 3)]
)
def test_too_few_paragraphs_are_split_at_sentences(content: str) -> None:
    value, mended = read("kb_articles", "content", content)
    assert value.count("\n\n") == 2 and value.split() == content.split()
    assert mended == ["paragraphs"]


def list_lines(name: str, parts: int) -> list[list[str]]:
    """Read lines of a field, a text, and what is to be named."""
    lines = (REPO_ROOT / "tests/cases" / name).read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n").split("|", parts - 1) for line in lines if line]


@pytest.mark.parametrize(("field", "text"), list_lines("ordinary_messages.txt", 2))
def test_ordinary_messages_pass_as_they_are(field: str, text: str) -> None:
    assert read("tickets", field, text)[0] == text


@pytest.mark.parametrize(("field", "text", "named"), list_lines("invented_facts.txt", 3))
def test_invented_facts_of_each_kind_are_refused_by_name(field: str, text: str, named: str) -> None:
    entity = {"content": "kb_articles", "event": "events"}.get(field, "tickets")
    field = WHERE[entity] if entity != "tickets" else field
    with pytest.raises(ValidationError) as refused:
        read(entity, field, pad(entity, field, text))
    assert named in describe_first_error(refused.value)


@pytest.mark.parametrize("mend", MENDS, ids=[mend.name for mend in MENDS])
def test_a_mend_does_what_its_example_says_once(mend: Mend) -> None:
    context: dict[str, Any] = {"slots": list_slots("tickets") | list_slots("kb_articles"), "mended": []}
    assert mend.apply(mend.before, context) == mend.after
    assert mend.apply(mend.after, context) == mend.after
    assert context["mended"] == [mend.name]


SIBLINGS = {
    "See {{ event-title }}, {Event.Title}, {eventTitle}": "See {event_title}, {event_title}, {event_title}",
    "{{{order_number}}} for {price} by {payment}.": "{order_id} for {total_price} by {payment_method}.",
    "I am {name}, {e-mail}.": "I am {full_name}, {email}.",
    "My {{my_tickets}} and {tickets} tickets": "{my_tickets} and {tickets}",
    "$ {total_price} or {total_price} dollars": "{total_price} or {total_price}",
    "Bought {booked_ago} ago, it is in {event_when}.": "Bought {booked_ago}, it is {event_when}.",
    "I tried 2 or 3 times, 3x in all.": "I tried two or three times, three times in all.",
    "It failed. 4 attempts, 10 minutes, the 2nd time.": "It failed. Four attempts, ten minutes, the second time.",
    "I called 12 times in the last 24 hours.": "I called twelve times in the last day.",
    "I wrote 24hrs before.": "I wrote a day before.",
    "I’m 100% sure it says “No”.": 'I\'m completely sure it says "No".',
    "20 emails and 3 failed attempts": "twenty emails and three failed attempts",
}


@pytest.mark.parametrize(("said", "value"), SIBLINGS.items())
def test_mends_of_messages_reach_what_is_written_alike(said: str, value: str) -> None:
    assert read("tickets", "description", said)[0] == value


@pytest.mark.parametrize(
    "name", ["Prof. Dr. Ada Lovelace", "Ada Lovelace, Ph.D.", "Ms Ada Lovelace", "Ada Lovelace Jr.", "Ada Lovelace III"]
)
def test_names_lose_titles_and_degrees(name: str) -> None:
    assert read("users", "full_name", name)[0] == "Ada Lovelace"


@pytest.mark.parametrize(
    "name", ["Mia Drake", "Misha Prober", "Drew Sirk", "Ian Vi", "Maria Del Rey", "Edith Iii-Tan", "Sri Mulyani"]
)
def test_names_that_begin_like_a_title_stay(name: str) -> None:
    assert read("users", "full_name", name)[0] in (name, name.removeprefix("Sri "))


CONTACTS = {
    "Contact us at help@eventhub.com.": "Contact our support team.",
    "Email us via support@eventhub.org, please.": "Email our support team, please.",
    "Reach our support team by email at care@eventhub.com.": "Reach our support team.",
    "Questions? Write to [support@eventhub.com](mailto:support@eventhub.com).": "Questions? Write to our support team.",
}


@pytest.mark.parametrize(("said", "value"), CONTACTS.items())
def test_an_address_of_support_is_the_team(said: str, value: str) -> None:
    assert read("kb_articles", "content", pad("kb_articles", "content", said))[0].endswith(value)


def test_sentences_are_counted_as_people_count_them() -> None:
    assert len(find_sentence_ends("An evening of jazz with Dr. J. Smith and Mr. T. A talk follows.")) == 2
    assert len(find_sentence_ends("Sit back... relax... enjoy the show.")) == 1
    assert len(find_sentence_ends("“Why?” she asks. It is 9 a.m. in Mt. View vs. the sea!")) == 2
    assert len(find_sentence_ends("No mark at the end")) == 0


def test_words_that_are_looked_for_first_hide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [case["text"] for cases in CASES.values() for case in cases]
    for name in ("invented_facts.txt", "ordinary_messages.txt"):
        texts += (REPO_ROOT / "tests/cases" / name).read_text("utf-8").splitlines()
    counted = [
        f"{before} {number} {noun} {after}".strip()
        for before in ("I booked", "It is for", "Half past", "In the")
        for number in ("two", "twenty-one", "a dozen", "hundreds of", "both", "a pair of", "one", "1", "a grand")
        for noun in ("tickets", "adults", "of us", "dollars", "weeks", "o'clock", "pm", "months")
        for after in ("", "ago", "from now")
    ]
    days = "tomorrow tommorrow tomorow tmrw tmr tmw 2morow yesterday|yester day|to-night|tonite|last night|next fall"
    texts += [*counted, *(f"The show is {day}." for day in re.split(r"[ |]", days))]
    spans = ("last night", "next fall", "this coming week", "past year", "overmorrow", "this weekend", "Last Month")
    texts += [f"The show was {span}." for span in spans]
    texts += [
        "Read HTTP://x.y/z",
        "Go to https://a",
        "Fill in ____",
        "Write XXXXX there",
        "Mail me@home.org",
        "a <b> tag",
    ]
    texts += ["My {my_tickets} tickets", "$ {total_price} dollars", "in {event_when}", "Reach me at www. sometime."]
    texts += [f"It is {day}." for day in ("on Monday", "in two weeks", "three months ago", "in kb_12", "in ALL_CAPS")]
    texts += [f"I like {name}" for name in ("the show 'Blue Night'.", "it. - Ana", "it.\nAna Ruiz", "it.\n — Ana R.")]
    texts += [
        "It is noon, see you at noon",
        "At midnight",
        "One o'clock",
        "two p.m. sharp",
        "half past two",
        "at 1 a.m.",
    ]

    def find_all() -> list[object]:
        slots = list_slots("tickets")
        claims = [list(find_claims(str(text))) + list(find_names(str(text))) for text in texts]
        facts = [list(find_facts(text, allowed)) for text in map(str, texts) for allowed in (slots, frozenset[str]())]
        return [claims, facts, [find_invention(str(t)) for t in texts], [mend_units(str(t), slots) for t in texts]]

    found = find_all()
    anything = re.compile("")
    monkeypatch.setattr("extract.entities.texts.claims._PLAIN_MARK", anything)
    monkeypatch.setattr("extract.entities.texts.facts._list_hinted", lambda lowered, words: list(_FOUND))
    monkeypatch.setattr("extract.entities.texts.facts._LOWERED", {})
    monkeypatch.setattr("extract.entities.texts.facts._DAY_PARTS", ("",))
    monkeypatch.setattr("extract.entities.texts.inventions._MARK", anything)
    monkeypatch.setattr("extract.entities.texts.inventions._SUSPICIOUS", anything)
    monkeypatch.setattr("extract.entities.texts.names._QUOTE_OF_A_NAME", anything)
    monkeypatch.setattr("extract.entities.texts.names._SIGN", anything)
    monkeypatch.setattr("extract.entities.texts.near_slots._UNIT", anything)
    assert find_all() == found
