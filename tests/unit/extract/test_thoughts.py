"""What stands before the last closing thought tag is no answer."""

from __future__ import annotations

import json

import pytest

from extract.replies.parse import parse_candidates, read_reply
from extract.replies.thoughts import Thought, find_thought
from tests.paths import CASES

DRAFT = '[{"n": 1, "full_name": "Draft One"}, {"n": 2, "full_name": "Draft Two"}]'
ANSWER = '[{"n": 1, "full_name": "Mira Okafor"}, {"n": 2, "full_name": "Dan Ruiz"}]'
RECORDS = json.loads(ANSWER)
NAMES = [
    "think", "thinking", "thought", "thoughts", "thinking_process", "thought-process", "reasoning", "reflection",
    "scratchpad", "scratch_pad", "analysis", "inner_monologue", "chain_of_thought", "rationale", "seed:think",
    "antml:thinking", "THINK", "Thinking",
]  # fmt: skip
ANSWERED = {
    "the case": (CASES / "reply_think_draft.txt").read_text(encoding="utf-8"),
    **{name: f"<{name}>\n{DRAFT}\n</{name}>\n\n{ANSWER}" for name in NAMES},
    "no opening tag": f"Two people. {DRAFT}\n</think>\n{ANSWER}",
    "attributes": f'<thinking budget="3000" lang=en>{DRAFT}</thinking >{ANSWER}',
    "blanks": f"< think >{DRAFT}</ think>{ANSWER}",
    "two thoughts": f"<think>{DRAFT}</think>{DRAFT}<reflection>Better names.</reflection>{ANSWER}",
    "nested": f"<think>a <think> b </think> {DRAFT} </think>{ANSWER}",
    "opened twice, closed once": f"<think>I begin with <think> {DRAFT} </think>{ANSWER}",
    "quoted in the thought": f'<think>I end with "</think>" and {DRAFT}</think>{ANSWER}',
    "unfinished draft": '<think>{"n": 1, "full_name": ...} let\'s do better</think>' + ANSWER,
    "draft with an open quote": f'<think>{{ "n is the number. {DRAFT} </think>{ANSWER}',
    "fenced thought": f"```xml\n<think>\n{DRAFT}\n</think>\n```\n```json\n{ANSWER}\n```",
    "tags inside one fence": f"```json\n<think>{DRAFT}</think>\n{ANSWER}\n```",
    "empty": f"<think>\n\n</think>\n\n{ANSWER}",
    "self-closing": f"<think/>{ANSWER}",
    "escaped": f"&lt;think&gt;{DRAFT}&lt;/think&gt;{ANSWER}",
    "Magistral": f"[THINK]{DRAFT}[/THINK]{ANSWER}",
    "special tokens": f"<|think|>{DRAFT}<|/think|>{ANSWER}",
    "Command A": f"<|START_THINKING|>{DRAFT}<|END_THINKING|><|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
    "OpenThinker": f"<|begin_of_thought|>{DRAFT}<|end_of_thought|><|begin_of_solution|>{ANSWER}<|end_of_solution|>",
    "Kimi": f"◁think▷{DRAFT}◁/think▷{ANSWER}",
    "gpt-oss": f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}",
    "gpt-oss, its tokens dropped": f"analysisWe need two. {DRAFT} Fine.assistantfinal{ANSWER}",
    "Gemma": f"<|channel>thought\n{DRAFT}<channel|>{ANSWER}",
}
UNANSWERED = {
    "open": f"<think>{DRAFT}",
    "opened again": f"<think>no</think>{ANSWER}<think>wait, {DRAFT}",
    "nothing after it": f"<think>{DRAFT}</think>",
    "prose after it": f"{DRAFT}</think>\nHere you are!",
    "open, of Magistral": f"[THINK]{DRAFT}",
    "no final channel": f"<|channel|>analysis<|message|>{DRAFT}<|end|>",
    "no final channel, its tokens dropped": f"analysisWe need two. {DRAFT}",
}
# A record may quote a tag; nothing of the reply is cut off there.
QUOTED = '{"n": 1, "title": "The page shows </think> and [/THINK]"}, {"n": 2, "title": "Fog"}'
QUOTING = {
    "plain": f"[{QUOTED}]",
    "with prose": f"Here you are:\n[{QUOTED}]\nEnjoy!",
    "single quotes": "Sure: [{'n': 1, 'title': 'The page shows </think> and [/THINK]'}, {'n': 2, 'title': 'Fog'}]",
    "no comma": f"[{QUOTED}]".replace('1, "', '1 "'),
    "after a thought": f"<think>Two.</think>[{QUOTED}]",
    "lines": QUOTED.replace("}, {", "}\n{"),
}


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED)
def test_the_answer_after_a_thought_is_read_and_no_draft_in_it(text: str) -> None:
    names = [candidate["full_name"] for candidate in parse_candidates(text)]

    assert names == ["Mira Okafor", "Dan Ruiz"]
    assert read_reply(text, "end_turn").problem == ""


@pytest.mark.parametrize("text", UNANSWERED.values(), ids=UNANSWERED)
def test_a_reply_that_never_stops_thinking_holds_no_records(text: str) -> None:
    reading = read_reply(text, "end_turn")

    assert (reading.candidates, "thought" in reading.problem) == ([], True)


@pytest.mark.parametrize("text", QUOTING.values(), ids=QUOTING)
def test_a_tag_that_a_record_quotes_is_none(text: str) -> None:
    titles = [candidate["title"] for candidate in parse_candidates(text)]

    assert titles == ["The page shows </think> and [/THINK]", "Fog"]
    assert find_thought(QUOTING["plain"]) == Thought()


def test_a_quoted_tag_in_a_record_that_was_cut_leaves_the_whole_ones() -> None:
    cut = '[{"n": 1, "title": "Fog"}, {"n": 2, "title": "The page shows </think> and then'

    assert parse_candidates(cut) == [{"n": 1, "title": "Fog"}]


def test_a_reply_that_the_limit_cut_in_its_thought_says_so() -> None:
    assert read_reply(UNANSWERED["open"], "max_tokens").problem == "the reply was cut within its thought: max_tokens"
    assert read_reply(ANSWERED["think"][:-3], "max_tokens").candidates == RECORDS[:1]


@pytest.mark.parametrize(
    "text",
    ["<think" + " " * 200_000, "[" * 50_000 + "</think>", "<" * 200_000, "{a:" * 50_000 + "</think>", '{"a' * 50_000],
    ids=["blanks", "brackets", "less than", "names", "quotes"],
)
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert find_thought(text).end in (0, len(text))
