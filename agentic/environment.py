"""The environment: private copies of both databases, one task after another, each from the same start.

>>> environment = Environment(Path("data"))
>>> desk = environment.reset("t_00123")
>>> desk.reply("You get $42.00 back."); desk.resolve_ticket()
>>> environment.score().passed
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from agentic.customers import Answerer, make_customer
from agentic.database import Database
from agentic.differences import Difference, compare_rows
from agentic.embeddings import Encoder
from agentic.errors import DataError, ToolError
from agentic.intake import add_message, open_ticket
from agentic.judge import Verdict, judge
from agentic.knowledge import Knowledge, find_words
from agentic.labels import Label, read_labels
from agentic.past import Past, find_answer
from agentic.rewinding import rewind_handover
from agentic.state import State, find_highest_ids
from agentic.tasks import Task, ToolCall, make_tasks
from agentic.tools import Desk, Tool, call_tool, list_tools
from agentic.tools.base import make_whole
from agentic.tools.desk_notes import CLOSED, find_status

MakeCustomer = Callable[[Task], Answerer]


class Environment:
    """A desk to be worked at. Nothing of it is shared with another environment, and no file is ever written.

    Attributes:
        tasks: every ticket that is not resolved, by id.
        desk: the tools, on the task of the last reset.
        data_hash: the hash of the data as they were built, which the key names, too.
        customer: who answers there; one whom a model plays has a `usage`.
        make_customer: makes the customer of each task from the next reset on.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        shows_measures: bool = True,
        make_customer: MakeCustomer | None = make_customer,
        encoder: Encoder | None = None,
    ) -> None:
        """Copy the data.

        Args:
            data_dir: where eventhub.db, udahub.db and generated/ticket_labels.jsonl are.
            shows_measures: whether tools show what the desk has measured of a ticket (urgency, sentiment,
                rag_confidence, failed_attempts), from which escalation follows; without them it has to be judged.
            make_customer: who answers the agent's replies; None where nobody does, as where a harness has its own.
            encoder: ranks articles by embeddings, too, as `agentic.searches.choose_encoder` chooses it; None for
                full text alone.

        Raises:
            DataError: there are no data, or they are of another form.
        """
        labels = read_labels(data_dir)
        self._database = Database(data_dir)
        self.make_customer = make_customer
        self.customer: Answerer | None = None
        as_of, self.data_hash = self._read_data_set()
        self._refuse_other_key(labels, data_dir)
        self._state = State(self._database, as_of, shows_measures=shows_measures)
        self.knowledge = Knowledge(self._database, encoder)
        self.labels = {label.ticket_id: label for label in labels}
        self.tasks = make_tasks(self._state, labels)
        self._titles = {row["article_id"]: row["title"] for row in self.knowledge.list_articles()}
        self.desk = Desk(self._state, self.knowledge)
        self._past = Past(self._database)
        self._wanted: dict[str, list[list[Difference]]] = {}
        if not self.tasks:
            raise DataError(f"{data_dir} holds no ticket that is not resolved, so there is nothing to work on.")

    def _read_data_set(self) -> tuple[datetime, str]:
        found = self._database.find_one("select * from eventhub.data_set")
        if not found:
            raise DataError("data_set in eventhub.db is empty. Make the data again: make run")
        return datetime.fromisoformat(found["as_of"]), found.get("data_hash") or ""

    def _refuse_other_key(self, labels: Iterable[Label], data_dir: Path) -> None:
        other = next((label for label in labels if label.data_hash != self.data_hash), None)
        if other:
            raise DataError(
                f"{data_dir}: the key's line of {other.ticket_id} names data {other.data_hash[:12] or '(none)'},"
                f" the databases are {self.data_hash[:12] or 'older'}. Make both together: make run"
            )

    @property
    def files_hash(self) -> str:
        """The hash of both files, which tells whether a row was edited since the build."""
        return self._database.files_hash

    @property
    def key_version(self) -> str:
        """The version of the answer key; empty where it names none."""
        return next((label.key_version for label in self.labels.values()), "")

    @property
    def search_method(self) -> str:
        """How `search_knowledge` ranks articles, which a score depends on: full_text, or full_text+embeddings."""
        return self.knowledge.search_method

    @property
    def now(self) -> datetime:
        """The moment that it is at the desk."""
        return self._state.now

    @property
    def task(self) -> Task:
        """The task of the last reset.

        Raises:
            ValueError: there was none, or the ticket at hand is no task.
        """
        if self._state.ticket_id not in self.tasks:
            raise ValueError("The ticket at hand is no task. Call reset with one of environment.tasks.")
        return self.tasks[self._state.ticket_id]

    @property
    def state(self) -> State:
        """What has been called and said since the last reset."""
        return self._state

    def reset(self, task_id: str) -> Desk:
        """Begin a task: everything is as at the start, whatever was done before.

        Args:
            task_id: one of `tasks`.

        Raises:
            ValueError: there is no such task.
        """
        if task_id not in self.tasks:
            known = ", ".join(list(self.tasks)[:3])
            raise ValueError(f"{task_id} is no task: there is no such ticket, or it is resolved. Tasks are {known} ...")
        task = self.tasks[task_id]
        if task_id not in self._wanted:
            self._wanted[task_id] = self._work_out(task)
        answerer = self.make_customer(task) if self.make_customer else None
        self._begin(task_id)
        self.customer, self._state.answer_reply = answerer, answerer.answer if answerer else None
        return self.desk

    def reopen(self, ticket_id: str) -> str:
        """Begin a resolved ticket at the moment before its last answer, with nobody who answers or judges.

        The member's rows are as they were then, and so is the clock. For what is learned from solved tickets.

        Args:
            ticket_id: a ticket that is no task.

        Returns:
            The last answer: what the desk said then.

        Raises:
            ValueError: there is no such ticket, or nobody has answered it.
        """
        self._database.rewind()
        self._state.begin(ticket_id, None)
        answer = find_answer(self._database, ticket_id)
        if ticket_id in self.tasks or not answer:
            raise ValueError(f"{ticket_id} is no resolved ticket. Those that are not resolved are tasks: call reset.")
        self._state.now = answer.moment
        self._past.rewind(ticket_id, self._state.moment)
        self._database.forget_changes()
        return answer.text

    def open_ticket(self, user_id: str, message: str) -> Desk:
        """Open a new ticket of a member beside what was done so far, with nobody who answers or judges.

        Args:
            user_id: the member who writes, such as "u_00042".
            message: what they write.

        Raises:
            ValueError: there is no such member.
        """
        message = make_whole(message)
        self._state.begin(open_ticket(self._state, self.knowledge, user_id, message), None)
        self._database.forget_changes()
        self._state.highest_ids = find_highest_ids(self._database)
        self.add_message(message)
        return self.desk

    def add_message(self, message: str) -> None:
        """Add what the member writes to the ticket at hand."""
        add_message(self._state, make_whole(message))

    @property
    def is_open(self) -> bool:
        """Whether anything can still be done in the ticket at hand."""
        return find_status(self._state) not in CLOSED

    def _begin(self, task_id: str) -> None:
        self._database.rewind()
        self._state.begin(task_id, None)
        rewind_handover(self._database, task_id)
        self._database.forget_changes()

    def read_words(self, ticket_id: str) -> str:
        """Return the words of any ticket, solved or not, without the names that its event explains: to learn from."""
        words, _ = find_words(self._database, ticket_id)
        names = self._database.find_one(
            "select title, venues.name as venue from udahub.ticket_metadata"
            " join eventhub.events using (event_id) join eventhub.venues using (venue_id) where ticket_id = ?",
            ticket_id,
        )
        for name in (names or {}).values():
            words = words.replace(name, " ")
        return words

    def read_thread(self) -> list[tuple[str, str]]:
        """Return role and text of each message of the ticket at hand, in their order."""
        rows = self._database.find_all(
            "select role, content from udahub.ticket_messages where ticket_id = ? order by rowid",
            self._state.ticket_id,
        )
        return [(row["role"], row["content"] or "") for row in rows]

    def list_tools(self) -> list[Tool]:
        """Return the tools of the desk."""
        return list_tools(self.desk)

    def call(self, tool: str, arguments: dict[str, Any]) -> Any:
        """Call a tool by its name.

        Raises:
            ToolError: it refuses; the message is for the agent.
        """
        return call_tool(self.desk, tool, arguments)

    def replay(self, calls: Iterable[ToolCall]) -> list[str]:
        """Make calls one after another, also after one that is refused; return the refusals."""
        refusals = []
        for call in calls:
            try:
                self.call(call.tool, dict(call.arguments))
            except ToolError as error:
                refusals.append(str(error))
        return refusals

    def state_diff(self) -> list[Difference]:
        """Return the rows that were added, changed and removed since the reset, in a form that compares."""
        return compare_rows(self._database.find_changes())

    def state_hash(self) -> str:
        """Return a hash of the data, the task and what was changed."""
        changes = [str(difference) for difference in self.state_diff()]
        text = json.dumps([self.files_hash, self._state.ticket_id, changes])
        return hashlib.sha256(text.encode()).hexdigest()

    def score(self) -> Verdict:
        """Judge what was done since the reset; the state stays as it is, and more may be done and judged again."""
        return judge(
            self.task,
            self._wanted[self.task.task_id],
            self.state_diff(),
            self._state.calls,
            self._state.replies,
            self._titles,
        )

    def _work_out(self, task: Task) -> list[list[Difference]]:
        """Return the end states of the solutions, which are undone again; one that the desk refuses leads nowhere."""
        states = []
        for calls in task.solutions:
            self._begin(task.task_id)
            if not self.replay(calls):
                states.append(self.state_diff())
        return states

    def close(self) -> None:
        """Let go of the copies."""
        self._database.close()
