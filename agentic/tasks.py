"""Tasks: each ticket that is not resolved, what solves it, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agentic.database import Database
from agentic.facts import say
from agentic.labels import Label
from agentic.rules import compute_refund, count_notice, find_refund_percent
from agentic.state import State

# Tools that have another name than the action of the key, whose recorded action is the key's.
TOOLS_OF_ACTIONS = {"upgrade": "upgrade_plan"}
# Arguments of the key that the tool knows by itself.
KNOWN_TO_TOOLS = {"upgrade": ("monthly_quota",), "cancel_subscription": ("status",), "pause_subscription": ("status",)}
# What a member is like who writes in such a mood.
PERSONAS = {
    "very_negative": "You are furious, and have lost patience with support.",
    "negative": "You are annoyed and short, but you stay civil.",
    "neutral": "You are matter-of-fact and want to be done soon.",
    "positive": "You are friendly and patient.",
}
# Actions that move money; where nothing is due they are forbidden.
REFUND = "issue_refund"


@dataclass(frozen=True)
class ToolCall:
    """A tool with its arguments."""

    tool: str
    arguments: dict[str, object]


@dataclass(frozen=True)
class Customer:
    """The member as one who can be asked.

    Attributes:
        full_name: how they are called.
        reason: why they wrote, in their own words.
        known: what they can say when asked, by name.
        unknown: what they cannot say.
        persona: what they are like, for somebody who plays them.
    """

    full_name: str
    reason: str
    known: dict[str, str]
    unknown: tuple[str, ...] = ("card number", "password", "transaction number")
    persona: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A ticket to be worked.

    Attributes:
        task_id: the ticket.
        status: as the ticket stands at the start; one that was escalated is open again.
        solutions: calls that lead to an allowed end state, any of them.
        facts: what the member has to be told, by name.
        articles: titles of the articles that answer, by id; none where no article does.
        forbidden_actions: tools that may not even be tried.
        escalation_reasons: the triggers that hold; none where the ticket is not to be handed over.
        customer: who wrote.
    """

    task_id: str
    status: str
    category: str
    scenario: str
    kind: str
    difficulty: str
    split: str
    solutions: tuple[tuple[ToolCall, ...], ...]
    facts: dict[str, str]
    articles: dict[str, str]
    forbidden_actions: tuple[str, ...]
    escalation_reasons: tuple[str, ...]
    customer: Customer

    @property
    def should_escalate(self) -> bool:
        """Whether the ticket is to be handed to a person."""
        return bool(self.escalation_reasons)


def make_tasks(state: State, labels: Iterable[Label]) -> dict[str, Task]:
    """Return a task for each ticket that is not resolved, by ticket."""
    rows = state.database.find_all(
        "select tickets.ticket_id, status, subject, sentiment, reservation_id, external_user_id as user_id, full_name,"
        " email, phone, (select content from udahub.ticket_messages where ticket_messages.ticket_id = tickets.ticket_id"
        " order by rowid limit 1) as message"
        " from udahub.tickets join udahub.ticket_metadata using (ticket_id) join udahub.users as writers"
        " using (user_id) join eventhub.users on users.user_id = external_user_id"
        " where status != 'resolved' order by tickets.ticket_id"
    )
    by_ticket = {label.ticket_id: label for label in labels}
    articles = state.database.find_all("select article_id, title from udahub.knowledge")
    titles = {article["article_id"]: article["title"] for article in articles}
    return {
        row["ticket_id"]: make_task(state, by_ticket[row["ticket_id"]], row, titles)
        for row in rows
        if row["ticket_id"] in by_ticket
    }


def make_task(state: State, label: Label, row: dict[str, str], titles: dict[str, str]) -> Task:
    """Make the task of a ticket from its label and its row."""
    booking = _find_booking(state.database, row["reservation_id"])
    customer = _describe_customer(row, booking)
    accepted = [label.expected_article_id, *label.also_accepted] if label.expected_article_id else []
    articles = {name: titles[name] for name in accepted if name in titles}
    forbidden = set(label.forbidden_actions)
    if booking and _find_due(state, booking) == 0 and label.action != REFUND:
        forbidden.add(REFUND)
    return Task(
        task_id=label.ticket_id,
        status="open" if row["status"] == "escalated" else row["status"],
        category=label.category,
        scenario=label.scenario,
        kind=label.kind,
        difficulty=label.difficulty,
        split=label.split,
        solutions=write_solutions(label, next(iter(articles.values()), "")),
        facts={} if label.should_escalate else label.facts,
        articles=articles,
        forbidden_actions=tuple(sorted(forbidden)),
        escalation_reasons=label.escalation_reasons if label.should_escalate else (),
        customer=customer,
    )


def write_solutions(label: Label, title: str) -> tuple[tuple[ToolCall, ...], ...]:
    """Return the calls of the key: the action, the words, the end; with an open case a ticket may be closed or not."""
    if label.should_escalate:
        return ((ToolCall("escalate_ticket", {"reasons": list(label.escalation_reasons)}),),)
    calls = [] if label.action == "answer" else [write_call(label.action, label.arguments)]
    calls.append(ToolCall("reply", {"text": write_reply(label.facts, title)}))
    closed = (*calls, ToolCall("resolve_ticket", {}))
    return (tuple(calls), closed) if label.action == "open_case" else (closed,)


def write_call(action: str, arguments: dict[str, str]) -> ToolCall:
    """Return the call that takes an action of the key."""
    left_out = KNOWN_TO_TOOLS.get(action, ())
    kept: dict[str, object] = {name: value for name, value in arguments.items() if name not in left_out}
    return ToolCall(TOOLS_OF_ACTIONS.get(action, action), kept)


def write_reply(facts: dict[str, str], title: str) -> str:
    """State the facts, a sentence each, and name the article."""
    sentences = ["Thank you for writing.", *(say(name, value) for name, value in facts.items())]
    return "\n".join(sentences + ([f'More in "{title}".'] if title else []))


def _find_booking(database: Database, reservation_id: str | None) -> dict[str, object] | None:
    if not reservation_id:
        return None
    return database.find_one(
        "select reservations.*, title, event_date from eventhub.reservations join eventhub.events using (event_id)"
        " where reservation_id = ?",
        reservation_id,
    )


def _find_due(state: State, booking: dict[str, object]) -> Decimal:
    if booking["status"] != "confirmed":
        return Decimal(0)
    notice = count_notice(state.now, date.fromisoformat(str(booking["event_date"])))
    return compute_refund(Decimal(str(booking["total_price"])), find_refund_percent(notice))


def _describe_customer(row: dict[str, str], booking: dict[str, object] | None) -> Customer:
    known = {"name": row["full_name"], "email": row["email"], "phone": row["phone"], "user_id": row["user_id"]}
    if booking:
        known |= {
            "reservation_id": str(booking["reservation_id"]),
            "event_title": str(booking["title"]),
            "event_date": str(booking["event_date"]),
            "ticket_count": str(booking["ticket_count"]),
            "payment_method": str(booking["payment_method"]).replace("_", " "),
        }
    reason, persona = f"{row['subject'] or ''}: {row['message'] or ''}", PERSONAS.get(row["sentiment"], "")
    return Customer(row["full_name"], reason, known, persona=persona)
