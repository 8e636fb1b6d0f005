from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from extract.entities import get_entity
from extract.entities.events import EventRecord
from extract.entities.kb_articles import ArticleRecord
from extract.entities.tickets import TicketRecord
from extract.entities.users import UserRecord
from extract.entities.venues import VenueRecord

EVENT = {"title": "Fog Signal Studies", "description": "Horns and bells at {venue_name}. Bring a coat."}
TICKET = {
    "subject": "Refund for {event_title}",
    "description": "Please cancel {event_title}.",
    "follow_up": "It is {order_id}.",
    "pushback": "A person, please.",
    "thanks": "Thanks.",
}
ARTICLE = {
    "title": "How refunds work",
    "tags": ["refunds", "BART", "cards"],
    "content": "\n\n".join(["A refund takes {refund_processing_days} business days to arrive on a card. " * 2] * 3),
}
SLOTS = {"slots": {"venue_name", "event_title", "order_id", "refund_processing_days"}}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("events", {"description": "It costs $20 to enter the hall tonight. Bring a coat."}, "a concrete price"),
    ("events", {"description": "On March 3 the horns play all night. Bring a coat."}, "a calendar date"),
    ("events", {"description": "Horns for {full_name} today. Bring a coat."}, "unknown slot {full_name}"),
    ("events", {"description": "Only one sentence, however long it may go on and on"}, "2 to 3 sentences"),
    ("events", {"title": "At {venue_name}"}, "unknown slot"),
    ("events", {"title": 12}, "text is needed, not int"),
    ("events", {"description": "<b>Horns</b> and bells all night. Bring a coat."}, "markup"),
    ("kb_articles", {"tags": ["tag"] * 10_000}, "3 to 5 keywords"),
    ("kb_articles", {"tags": [["nested"], "two", "three"]}, "3 to 5 keywords"),
    ("kb_articles", {"content": "One sentence without an end " * 20}, "3 to 5 paragraphs"),
    ("tickets", {"description": "Where is order r_00042?"}, "an order number"),
    ("tickets", {"thanks": None}, "text is needed, not NoneType"),
    ("tickets", {"description": "x" * 1_000_000}, "too many"),
]
SAMPLES = {"events": EVENT, "kb_articles": ARTICLE, "tickets": TICKET}


def read_user(full_name: str) -> UserRecord:
    return UserRecord.model_validate({"full_name": full_name})


@pytest.mark.parametrize("entity", SAMPLES)
def test_good_records_pass(entity: str) -> None:
    assert get_entity(entity).record.model_validate(SAMPLES[entity], context=SLOTS)


@pytest.mark.parametrize(("entity", "change", "reason"), REFUSED)
def test_bad_records_are_refused_with_a_reason(entity: str, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        get_entity(entity).record.model_validate({**SAMPLES[entity], **change}, context=SLOTS)


def test_fields_that_nobody_asked_for_are_dropped() -> None:
    record = EventRecord.model_validate({**EVENT, "event_id": "e_1", "price": 20}, context=SLOTS)

    assert set(record.model_dump()) == {"title", "description"}


@pytest.mark.parametrize("name", ["User 42", "A {slot}", "Jo", "a b c d e f", "x" * 70, "", "Dr. <b>"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        read_user(name)


@pytest.mark.parametrize(
    "name", ["Cher", "Mary-Jane O'Neil", "María José Díaz", "J. R. Okafor", "Naděžda Růžičková", "Mai Vân"]
)
def test_names_of_many_kinds_pass(name: str) -> None:
    assert read_user(name).full_name == name


def test_an_address_starts_with_a_number() -> None:
    assert VenueRecord(name="The Lantern Room", address="1420 Valencia Street")
    with pytest.raises(ValidationError, match="street number"):
        VenueRecord(name="The Lantern Room", address="Valencia Street")


def test_tags_and_paragraphs_are_read_where_the_meaning_is_certain() -> None:
    paragraphs = ARTICLE["content"].split("\n\n")  # type: ignore[attr-defined]
    article = ArticleRecord.model_validate(
        {**ARTICLE, "tags": "refunds, cards, Refunds, fees", "content": paragraphs}, context=SLOTS
    )

    assert [tag.lower() for tag in article.tags] == ["refunds", "cards", "fees"]
    assert article.content.count("\n\n") == 2


@pytest.mark.parametrize("term", ["within 14 days", "five business days", "a fee of 3%", "half percent", "48 hours"])
def test_an_article_states_terms_through_slots_only(term: str) -> None:
    text = str(ARTICLE["content"])

    with pytest.raises(ValidationError, match="a term outside a slot"):
        ArticleRecord.model_validate({**ARTICLE, "content": f"{text} It is {term}."}, context=SLOTS)


def test_natural_keys_are_what_a_reader_takes_for_the_same() -> None:
    twin = {**EVENT, "title": "fog signal  STUDIES!"}

    assert EventRecord.model_validate(EVENT, context=SLOTS).key == EventRecord.model_validate(twin, context=SLOTS).key


def test_a_ticket_repeats_another_only_word_for_word() -> None:
    ticket = TicketRecord.model_validate(TICKET, context=SLOTS)

    assert ticket.key == "Please cancel {event_title}."


def test_columns_derive_from_the_model() -> None:
    assert get_entity("kb_articles").record_columns == {"title": str, "tags": list[str], "content": str}
