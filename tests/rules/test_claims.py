"""What stands in a slot is no claim of its writer, whatever stands beside it; and false claims are found."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator

import duckdb
import pytest

from tests.paths import REPO_ROOT

BESIDE = [
    "tickets", "ticket", "seats", "places", "people", "days", "weeks", "months", "hours", "minutes", "percent", "%",
    "dollars", "bucks", "$", "ago", "in", "am", "pm", "March", "May", "and", "for", "r_", "kb_", "#", "No.", "two",
    "iPhone 14", "Error 503", "2FA",
]  # fmt: skip
AROUND = [
    '"{}"', "'{}'", "“{}”", "‘{}’", "«{}»", "„{}“", "({})", "[{}]", "<{}>", "**{}**", "`{}`", "\"'{}'\"", '("{}")',
    "{}'s", "{}’s", "${}", "{}%", "-{}-", "{}.", "{}, {}", "{}{}",
]  # fmt: skip
TITLES = [
    "24 Hours of Jazz", "Two Tickets to Paradise", "Comedy at 9", "10 Days in May", "12 tickets", "Saturday, March 14",
    "Sunday", "In Three Weeks", "Three Weeks Ago", "50 percent Off", "$9.99 Dreams", "7:30 pm", "r_00042", "3", "The",
    "kb_1 and kb_2", "DJ_Night_Set", 'Art Exhibition: "The Future of Clay"', "“Clay” and ‘Stone’", "«Carmen»", "a",
    "Rock 'n' Roll", "Let's Dance", "'Quoted'", "It's \"9\"", "[Brackets] (2026)", "<b>Bold</b>", "100% Tango_Night",
    r"C++ .* \d+ \1 $0 ^a|b$ (?i)", "%", "tickets", "Jazz", "Jazz Night", "Back\\slash; -- drop", "Cancelled",
    "The Show Is Over", "Über ½ ³",
]  # fmt: skip
NAMES = ["June May", "Five Six", "Five", "March Monday", "Percy O'Brien", "Sinéad 'Shin' Ó", "Al", "Two Days-Ago"]
# What a member writes, and the rule that finds it.
FALSE = {
    "I paid $1.25 for {event_title}.": "amounts_are_the_bookings",
    "The {total_price} tickets were $1.25 tickets before.": "amounts_are_the_bookings",
    "{tickets} for 3,000 dollars": "amounts_are_the_bookings",
    "{ticket_count} of 77 tickets": "counts_are_the_bookings",
    "all 77 seats of {event_title}": "counts_are_the_bookings",
    "{total_price} 77 tickets": "counts_are_the_bookings",
    "It is on February 31, not {event_date}.": "dates_are_the_events_or_the_bookings",
    "See r_99999 and {order_id}.": "ids_are_the_tickets_bookings",
    "It begins at 3:21 am, {event_time} it says.": "times_are_the_events",
    "{event_when}, in eleven months": "spans_are_to_the_event",
    "{booked_ago}, eleven months ago": "spans_are_from_the_booking",
    "{event_title} costs 77 percent": "percents_are_the_policys",
    "{event_title} costs 77%": "percents_are_the_policys",
    "Bus 777 to {venue_name}": "numbers_are_the_rows_or_the_policys",
    "{event_title} has been called off.": "event_is_called_off_only_where_it_is",
    "{event_title} was moved to a smaller hall.": "event_is_called_neither_over_nor_moved",
    "the key says should_escalate for {event_title}": "nothing_of_the_answer_key_is_given_away",
}
# What support says.
FALSE_ANSWERS = {
    'Read "{article_title}", not "Another article".': "articles_named_are_the_expected",
    "Read “Another article”.": "articles_named_are_the_expected",
    "Read «Another article» or {event_title}.": "articles_named_are_the_expected",
    "Read ‘Another article’.": "articles_named_are_the_expected",
    "Read 'Another article', please.": "articles_named_are_the_expected",
    "{refund_due}, that is $1234.50.": "amounts_are_the_bookings",
    "All 77 tickets of {tickets}": "counts_are_the_bookings",
}


class Desk:
    """The texts of one ticket, about a confirmed booking; there is no other."""

    def __init__(self, marts: duckdb.DuckDBPyConnection) -> None:
        self.marts = marts
        (self.ticket,) = self.fetch(
            "select min(ticket_id) from tickets inner join reservations using (reservation_id) inner join "
            "analytics.ticket_labels using (ticket_id) where reservations.status = 'confirmed' "
            "and ticket_count > 1 and expected_article_id is not null"
        )
        for table in ("main.tickets", "udahub.ticket_metadata", "udahub.ticket_messages"):
            said = "true" if table.endswith("messages") else f"ticket_id != '{self.ticket}'"
            marts.execute(f"delete from {table} where {said}")
        marts.execute("update tickets set agent_notes = null")
        self.rename({})

    def fetch(self, query: str) -> tuple[object, ...]:
        return self.marts.execute(query).fetchall()[0]

    def rename(self, names: dict[str, str]) -> None:
        """Give the rows of the ticket other names, and its subject with them."""
        columns = [
            ("users", "full_name", "user_id", "tickets"),
            ("events", "title", "event_id", "tickets"),
            ("events", "venue_name", "event_id", "tickets"),
            ("venues", "name", "venue_id", "events inner join tickets using (event_id)"),
            ("kb_articles", "title", "article_id", "(select expected_article_id as article_id from "
             "analytics.ticket_labels inner join tickets using (ticket_id)) as expected"),
        ]  # fmt: skip
        for table, column, key, source in columns:
            if f"{table}.{column}" in names:
                self.marts.execute(
                    f"update {table} set {column} = ? where {key} = (select {key} from {source})",
                    [names[f"{table}.{column}"]],
                )
        (subject,) = self.fetch(
            "select subject from intermediate.int_tickets__worded inner join intermediate.int_tickets__linked"
            f" using (ticket_number) where ticket_id = '{self.ticket}'"
        )
        self.marts.execute("update tickets set subject = ?", [fill(str(subject), self.read_values())])

    def read_values(self) -> dict[str, str]:
        """Return what each slot says: as the model has filled it, the names as they are now."""
        cursor = self.marts.execute("""
            select facts.* replace (
                events.title as event_title, events.venue_name as venue_name, articles.title as article_title,
                users.full_name as full_name, split_part(users.full_name, ' ', 1) as first_name
            )
            from tickets
            inner join intermediate.int_tickets__slot_values as facts on ticket_number = substr(ticket_id, 3)::bigint
            inner join users using (user_id)
            inner join events using (event_id)
            inner join analytics.ticket_labels using (ticket_id)
            inner join kb_articles as articles on expected_article_id = articles.article_id""")
        names = [column[0] for column in cursor.description or []]
        return {name: str(value) for name, value in zip(names, cursor.fetchall()[0], strict=True)}

    def say(self, role: str, texts: list[str]) -> None:
        """Have somebody write these messages: with slots, and filled from the rows."""
        values = self.read_values()
        turns = list(range(1, len(texts) + 1))
        number = int(self.ticket[2:])
        self.marts.execute("delete from intermediate.int_messages__text")
        self.marts.execute(
            "insert into intermediate.int_messages__text (ticket_number, turn, role, text) "
            "select ?, unnest(?), ?, unnest(?)",
            [number, turns, role, texts],
        )
        self.marts.execute(
            "insert into udahub.ticket_messages (message_id, ticket_id, role, content) "
            "select 'm_' || unnest(?), ?, ?, unnest(?)",
            [turns, self.ticket, role, [fill(text, values) for text in texts]],
        )

    def find_broken(self) -> dict[str, str]:
        """Return the rules of texts that are broken, each with the first text that breaks it."""
        query = "select rule, example from analytics.texts_rules where violations > 0"
        return dict(self.marts.execute(f"set variable shows_rows = true; {query}").fetchall())


def fill(text: str, values: dict[str, str]) -> str:
    """Fill the slots of a text, each once."""
    return re.sub(r"\{([a-z_]+)\}", lambda slot: values[slot[1]], text)


@pytest.fixture
def desk(marts: duckdb.DuckDBPyConnection) -> Iterator[Desk]:
    """One ticket and its rows; what is done to them is taken back."""
    marts.begin()
    yield Desk(marts)
    marts.rollback()


def list_slots(*kinds: str) -> list[str]:
    """Return the slots of texts of some kinds, as the seed has them."""
    with (REPO_ROOT / "dbt_project" / "seeds" / "slots.csv").open(encoding="utf-8", newline="") as file:
        return [row["slot"] for row in csv.DictReader(file) if row["text"] in kinds]


def write_true(slots: list[str]) -> list[str]:
    """Put every slot before and after everything that might be read together with it."""
    beside = [
        f"I got {pair}, why?"
        for slot, word in itertools.product(slots, BESIDE)
        for pair in (f"{{{slot}}} {word}", f"{word} {{{slot}}}", f"{word}{{{slot}}}")
    ]
    around = [f"It says {quote.replace('{}', f'{{{slot}}}')} here" for slot in slots for quote in AROUND]
    pairs = [f"{{{one}}} {{{other}}}" for one, other in itertools.permutations(slots, 2)]
    return beside + around + pairs


@pytest.mark.parametrize(("role", "kinds"), [("user", ["ticket"]), ("ai", ["ticket", "reply"])])
def test_no_slot_is_read_as_a_claim(desk: Desk, role: str, kinds: list[str]) -> None:
    texts = write_true(list_slots(*kinds))
    assert len(texts) > 2_000
    desk.say(role, texts)
    assert desk.find_broken() == {}


def test_what_a_member_has_done_to_a_booking_is_no_claim_of_the_event(desk: Desk) -> None:
    own = ("through my clumsiness", "by accident", "by my toddler", "because of me", "accidentally", "by mistake")
    desk.say("user", [f"The event got cancelled {doing}; kindly undo that." for doing in own])
    assert desk.find_broken() == {}
    desk.say("user", ["The event got cancelled through the organiser; kindly undo that."])
    assert "through the organiser" in desk.find_broken()["event_is_called_off_only_where_it_is"]


def test_support_may_take_up_what_the_member_opened_with(desk: Desk) -> None:
    desk.say("ai", ['At what point does "Oops" come up?'])
    assert set(desk.find_broken()) == {"articles_named_are_the_expected"}
    desk.marts.execute("update tickets set description = 'I do not care for \"OOPS\".'")
    assert desk.find_broken() == {}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_read_as_nothing_else(desk: Desk, title: str) -> None:
    desk.rename(dict.fromkeys(("events.title", "events.venue_name", "venues.name", "kb_articles.title"), title))
    names = [quote.replace("{}", f"{{{slot}}}") for quote in AROUND for slot in ("event_title", "article_title")]
    tickets = [f"{{{slot}}} tickets for {{event_title}}" for slot in list_slots("ticket", "reply")]
    desk.say("ai", names + tickets)
    assert desk.find_broken() == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_members_name_is_read_as_nothing_else(desk: Desk, name: str) -> None:
    desk.rename({"users.full_name": name})
    words = ["{first_name} tickets", "{full_name} {tickets}", "in {first_name} days", '"{full_name}"']
    desk.say("ai", [*words, *(f"{{{slot}}} {{first_name}}" for slot in list_slots("ticket", "reply"))])
    assert desk.find_broken() == {}


@pytest.mark.parametrize(("text", "rule"), FALSE.items())
def test_a_false_claim_of_a_member_is_found(desk: Desk, text: str, rule: str) -> None:
    desk.say("user", ["{event_title}", text])
    assert rule in desk.find_broken()


@pytest.mark.parametrize(("text", "rule"), FALSE_ANSWERS.items())
def test_a_false_claim_of_support_is_found(desk: Desk, text: str, rule: str) -> None:
    desk.say("ai", ["{event_title}", text])
    assert rule in desk.find_broken()


def test_a_text_that_is_not_as_it_was_written_is_found_and_shown_where_it_departs(desk: Desk) -> None:
    desk.say("user", ["I paid {total_price} for {tickets} to {event_title}, and I would like to know what comes back."])
    desk.marts.execute("update udahub.ticket_messages set content = replace(content, '$', '$1')")
    broken = desk.find_broken()
    assert broken.keys() == {"every_slot_says_what_the_rows_hold", "amounts_are_the_bookings"}
    assert broken["amounts_are_the_bookings"].startswith(f'{desk.ticket}: "I paid $1')
