"""policy.md is as the seeds are, tells every rule that the judge knows, and is short enough to be read."""

from __future__ import annotations

from agentic.environment import Environment
from agentic.policy_page import PAGE, read_sentences, write_page
from agentic.tools import list_tools
from agentic.triggers import find_lowest_confidence, find_most_failures, find_reasons, list_triggers

CALM = {"urgency": "low", "sentiment": "neutral", "rag_confidence": 0.4, "failed_attempts": 1}


def test_the_page_is_as_the_seeds_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(), "run: python -m agentic.policy_page"


def test_the_page_can_be_read_at_once() -> None:
    assert 1000 <= len(write_page().split()) <= 1500


def test_the_page_tells_the_triggers_and_the_refunds() -> None:
    page = write_page()
    assert all(f"`{name}`" in page for name in list_triggers()) and len(list_triggers()) == 4
    assert f"below {find_lowest_confidence()}" in page and f"are {find_most_failures()} or more" in page
    assert all(text in page for name, text in read_sentences().items() if name.startswith(("refund_", "transfer_")))


def test_every_tool_that_the_page_names_is_there(environment: Environment) -> None:
    names = {tool.name for tool in list_tools(environment.desk)}
    named = {word.strip("`:.,") for word in write_page().split() if word.startswith("`")}
    known = names | set(list_triggers()) | {"now", "read_ticket", "article_ids"}
    assert named <= known
    writes = {tool.name for tool in list_tools(environment.desk) if tool.is_write} - {"reply", "write_note"}
    assert writes <= named


def test_the_triggers_are_those_of_the_key(environment: Environment) -> None:
    for task in environment.tasks.values():
        ticket = environment.reset(task.task_id).read_ticket()
        assert tuple(find_reasons(ticket)) == task.escalation_reasons, task.task_id


def test_a_measure_at_its_limit_is_no_trigger_and_beyond_it_is_one() -> None:
    assert find_reasons(CALM) == []
    for name, value, trigger in (
        ("urgency", "critical", "critical_urgency"),
        ("sentiment", "very_negative", "very_negative_sentiment"),
        ("rag_confidence", 0.0, "low_rag_confidence"),
        ("rag_confidence", 0.39, "low_rag_confidence"),
        ("failed_attempts", 2, "repeated_failures"),
    ):
        assert find_reasons(CALM | {name: value}) == [trigger]
    assert find_reasons({}) == []
