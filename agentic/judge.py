"""Judges one run of a task: the end state, what the member was told, what was forbidden, and the handover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agentic.differences import Difference
from agentic.facts import states
from agentic.state import Call
from agentic.tasks import TOOLS_OF_ACTIONS, Task
from common.shorten import shorten_to_line

CHECKS = ("end_state", "told", "source", "forbidden", "escalation")

MOST_CHARACTERS = 160
# Who names more articles than these has not said which one answers.
MOST_SOURCES = 3


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, with what was expected and what was found where they differ.

    Attributes:
        counts: whether a run has to pass it; what does not count is told in the table all the same.
    """

    name: str
    passed: bool
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    counts: bool = True


@dataclass(frozen=True)
class Verdict:
    """What came of a run.

    Attributes:
        task_id: the task.
        checks: end_state, told, source, forbidden, escalation; a run has passed where all that count have.
        calls: tools that were called, reads and refusals included.
        replies: how often the member was written to.
        words: how long the replies are together, since a long one states more.
    """

    task_id: str
    checks: tuple[Check, ...]
    calls: int
    replies: int
    words: int

    @property
    def passed(self) -> bool:
        """Whether every check that counts has passed."""
        return not self.failed_checks

    @property
    def failed_checks(self) -> tuple[str, ...]:
        """The names of those that count and have not."""
        return tuple(check.name for check in self.checks if check.counts and not check.passed)

    def find_check(self, name: str) -> Check:
        """Return a check by its name."""
        return next(check for check in self.checks if check.name == name)

    def explain(self) -> str:
        """Say for each failed check what was expected and what was found."""
        lines = []
        for check in self.checks:
            if check.name in self.failed_checks:
                lines.append(f"{check.name.replace('_', ' ')}:")
                lines += [f"  expected  {row}" for row in check.expected or ("nothing",)]
                lines += [f"  found     {row}" for row in check.found or ("nothing",)]
        return "\n".join(lines)


def judge(
    task: Task,
    wanted: Sequence[Sequence[Difference]],
    found: Sequence[Difference],
    calls: Sequence[Call],
    replies: Sequence[str],
    titles: Mapping[str, str],
) -> Verdict:
    """Judge a run.

    Args:
        task: what was to be done.
        wanted: the allowed end states, each as differences from the start.
        found: the differences that there are.
        calls: all calls in their order.
        replies: what was said to the member.
        titles: all articles, by id.
    """
    checks = (
        _compare_end_state(wanted, found),
        _check_told(task, replies),
        _check_source(task, calls, replies, titles),
        _check_forbidden(task, calls),
        _check_escalation(task, calls),
    )
    return Verdict(task.task_id, checks, len(calls), len(replies), sum(len(reply.split()) for reply in replies))


def _compare_end_state(wanted: Sequence[Sequence[Difference]], found: Sequence[Difference]) -> Check:
    """Compare with the allowed end state that is nearest; rows that are as they should be are not listed."""
    if not wanted:
        return Check("end_state", False, ("calls of the key that the desk does not refuse: the data are at fault",))
    options = [(Counter(state) - Counter(found), Counter(found) - Counter(state)) for state in wanted]
    missing, surplus = min(options, key=lambda option: option[0].total() + option[1].total())
    expected, too_many = (tuple(map(str, sorted(rows.elements()))) for rows in (missing, surplus))
    return Check("end_state", not missing and not surplus, expected, too_many)


def _check_told(task: Task, replies: Sequence[str]) -> Check:
    """Look for each fact in all that was said; somebody who is not handed over is to be answered at all."""
    if task.should_escalate:
        return Check("told", True)
    said = "\n\n".join(replies)
    missing = [f"{name} = {value}" for name, value in task.facts.items() if not states(value, said, name)]
    if not replies:
        missing.append("a reply")
    if not missing:
        return Check("told", True)
    return Check("told", False, tuple(missing), tuple(shorten_to_line(reply, MOST_CHARACTERS) for reply in replies))


def _check_source(task: Task, calls: Sequence[Call], replies: Sequence[str], titles: Mapping[str, str]) -> Check:
    """Of the articles that a reply names, one answers.

    It counts where the key has no facts, and one has to be named, among few: nothing else tells a right answer then. A
    reply that states all facts is right, whatever it refers to.
    """
    if task.should_escalate or not task.articles:
        return Check("source", True)
    given = [
        name
        for call in calls
        if call.tool == "reply" and not call.error
        for name in call.arguments.get("article_ids") or ()
    ]
    said = "\n\n".join([*replies, " ".join(given)])
    counts = not task.facts
    is_named = bool(_find_named(task.articles, said))
    if is_named and not counts:
        return Check("source", True, counts=counts)
    named = _find_named(titles, said)
    if is_named and len(named) <= MOST_SOURCES:
        return Check("source", True, counts=counts)
    if not named and task.facts:
        return Check("source", True, counts=counts)
    return Check("source", False, _list_articles(task.articles), _list_articles(named), counts=counts)


def _find_named(titles: Mapping[str, str], said: str) -> dict[str, str]:
    return {name: title for name, title in titles.items() if name in said or states(title, said, "event_title")}


def _list_articles(titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{name} {title}" for name, title in titles.items())


def _check_forbidden(task: Task, calls: Sequence[Call]) -> Check:
    """Count what was tried, also where the desk has refused it: a guard that holds is no merit of the agent."""
    forbidden = {TOOLS_OF_ACTIONS.get(action, action) for action in task.forbidden_actions}
    tried = tuple(f"{call.tool} {call.arguments}" for call in calls if call.tool in forbidden)
    return (
        Check("forbidden", not tried, (f"none of {', '.join(sorted(forbidden))}",), tried)
        if tried
        else Check("forbidden", True)
    )


def _check_escalation(task: Task, calls: Sequence[Call]) -> Check:
    """Handed over exactly where it had to be, for one reason or more that hold and none that does not."""
    handed = [call.result["reasons"] for call in calls if call.tool == "escalate_ticket" and call.error is None]
    named = set(handed[0].split(", ")) if handed else set()
    is_right = bool(handed) == task.should_escalate and named <= set(task.escalation_reasons)
    if is_right:
        return Check("escalation", True)
    expected = ", ".join(task.escalation_reasons) or "not handed over"
    return Check("escalation", False, (expected,), tuple(handed) or ("not handed over",))
