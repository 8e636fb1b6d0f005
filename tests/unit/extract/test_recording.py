"""Recording: prompts as files, answers validated and landed, the same bytes whatever the order."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.entities import get_entity
from extract.entities.tickets import TicketStratum
from extract.errors import ContentExhausted
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext, number_items
from extract.planning.recorded import RecordedStrata
from extract.planning.seeds import Seeds
from extract.providers.bundled.provider import BundledProvider
from extract.providers.bundled.recording import RecordedItem, Recording
from extract.recording.open_items import find_open, plan_full
from tests.unit.extract.stubs import build_plan
from tools.record import main

# Records of people who write about the same thing in words of their own.
_ABOUT_BUTTONS = (
    ("Greyed out on my laptop", "The button sits there grey and my mouse does nothing. I want to give up my seats."),
    ("Where has the way out gone?", "I have scrolled up and down my booking twice and see no means of leaving it."),
    ("cannot tap cancel", "opened the app, tapped, tapped harder, nope, it stays pale, pls cancel {my_tickets} for me"),
    ("Somebody hid the exit", "My neighbour found hers at once; on my screen there is an empty strip instead."),
)


@pytest.fixture
def content_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVENTHUB_CONTENT_DIR", str(tmp_path / "content"))
    return tmp_path / "content"


@pytest.fixture(scope="module")
def first_prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All prompts where nothing is recorded; tests copy them."""
    directory = tmp_path_factory.mktemp("recording")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EVENTHUB_CONTENT_DIR", str(directory / "content"))
        assert main(["prompts", "--entity", "tickets", "--out", str(directory / "prompts")]) == 0
    return directory / "prompts"


@pytest.fixture
def prompts(first_prompts: Path, tmp_path: Path, content_dir: Path) -> Path:
    """Prompts to answer; answers are files beside them, so the prompts themselves are links: not to be written to."""
    return Path(shutil.copytree(first_prompts, tmp_path / "prompts", copy_function=os.link))


def _answer(number: int, about: str, **changes: Any) -> dict[str, Any]:
    subject, description = _ABOUT_BUTTONS[number - 1]
    return {
        "n": number,
        "about": about,
        "subject": subject,
        "description": description,
        "question": f"What else do you see {'there ' * number}?",
        "follow_up": f"Only {'more ' * number}white space.",
        "pushback": f"That did {'really ' * number}not help, a person please.",
        "thanks": f"Now it is done, {'many ' * number}thanks.",
        **changes,
    }


def _write(folder: Path, name: str, answers: Sequence[dict[str, Any]]) -> None:
    (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(answer)}\n" for answer in answers))


def _read_recording(content_dir: Path) -> Recording:
    return Recording(content_dir, "tickets")


FIRST = "0001-cancel_button_missing"
ABOUT = "cancel button missing"


def test_every_open_item_is_asked_for_once_in_batches_of_one_scenario(prompts: Path, seeds: Seeds) -> None:
    said = [json.loads(path.read_text()) for path in sorted(prompts.glob("*.items.json"))]
    items = [(*item["stratum"].values(), item["number"]) for batch in said for item in batch["items"]]
    assert len(items) == len(set(items)) == seeds.volumes["full"]["tickets"]
    for batch in said:
        assert len({item["stratum"]["scenario"] for item in batch["items"]}) == 1
        assert 1 <= len(batch["items"]) <= seeds.batch_sizes["tickets"]
    text = (prompts / f"{FIRST}.prompt.txt").read_text()
    assert "Answer with JSON lines" in text and f'1. "{ABOUT}"; voice: ' in text


def test_answers_land_once_and_what_is_refused_says_why(
    prompts: Path, content_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        _answer(1, ABOUT),
        _answer(2, ABOUT, description="I paid $40 on Monday and want it back."),
        _answer(3, "umbrella left behind"),
        _answer(4, ABOUT),
    ]
    _write(prompts, FIRST, answers)
    assert main(["land", str(prompts)]) == 1
    said = capsys.readouterr().out
    assert f"refused  {FIRST} item 2: description:" in said
    assert f"refused  {FIRST} item 3: about 'umbrella left behind' is no item of this batch" in said
    assert f"open     {FIRST}: 2, 3, 5, 6" in said
    assert "landed 2, known before 0, refused 2" in said
    first = _read_recording(content_dir).path.read_bytes()

    # Mended, and landed again.
    _write(prompts, FIRST, [_answer(1, ABOUT), _answer(2, ABOUT), _answer(3, ABOUT), _answer(4, ABOUT)])
    assert main(["land", str(prompts)]) == 0
    assert "landed 2, known before 2, refused 0" in capsys.readouterr().out
    second = _read_recording(content_dir).path.read_bytes()
    assert first != second
    assert main(["land", str(prompts)]) == 0
    assert "landed 0, known before 4, refused 0" in capsys.readouterr().out
    assert _read_recording(content_dir).path.read_bytes() == second
    records = list(_read_recording(content_dir).records.values())
    assert {record["subject"] for record in records} == {subject for subject, _ in _ABOUT_BUTTONS}


def test_the_order_of_landing_leaves_no_trace(prompts: Path, content_dir: Path) -> None:
    path = _read_recording(content_dir).path
    first, second = _answer(1, ABOUT), _answer(2, ABOUT)
    _write(prompts, FIRST, [first, second])
    assert main(["land", str(prompts)]) == 0
    together = path.read_bytes()
    path.unlink()
    for answer in (second, first):
        _write(prompts, FIRST, [answer])
        assert main(["land", str(prompts)]) == 0
    assert path.read_bytes() == together


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("thanks", "Now it is done - many THANKS!", "repeat: thanks"),
        ("subject", "greyed out, on my laptop", "repeat: subject"),
        (
            "description",
            "The button sits there grey and my mouse does nothing. I want to give up my seat.",
            "repeat: description says the same",
        ),
    ],
)
def test_what_stands_in_another_record_is_refused(
    prompts: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, reason: str
) -> None:
    _write(prompts, FIRST, [_answer(1, ABOUT)])
    # In another batch: within a reply the validator itself finds the same message.
    _write(prompts, "0002-cancel_button_missing", [{**_answer(2, ABOUT), name: text}])
    assert main(["land", str(prompts)]) == 1
    assert f"0002-cancel_button_missing item 2: {reason}" in capsys.readouterr().out


def test_a_recorded_item_keeps_its_words_unless_they_are_to_be_replaced(
    prompts: Path, content_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(prompts, FIRST, [_answer(1, ABOUT)])
    assert main(["land", str(prompts)]) == 0
    _write(prompts, FIRST, [_answer(1, ABOUT, subject="Grey all over")])
    assert main(["land", str(prompts)]) == 1
    assert "--replace" in capsys.readouterr().out
    assert main(["land", str(prompts), "--replace"]) == 0
    assert [r["subject"] for r in _read_recording(content_dir).records.values()] == ["Grey all over"]
    # What is refused leaves the old words.
    _write(prompts, FIRST, [_answer(1, ABOUT, subject="Grey all over at 7 pm")])
    assert main(["land", str(prompts), "--replace"]) == 1
    assert [r["subject"] for r in _read_recording(content_dir).records.values()] == ["Grey all over"]


def test_further_prompts_ask_for_the_rest_and_name_what_exists(
    prompts: Path, tmp_path: Path, content_dir: Path, seeds: Seeds, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(prompts, FIRST, [_answer(1, ABOUT), _answer(2, ABOUT)])
    assert main(["land", str(prompts)]) == 0
    assert main(["prompts", "--out", str(tmp_path / "rest"), "--batch", "10"]) == 0
    planned = seeds.volumes["full"]["tickets"]
    assert f"for {planned - 2:,} open items" in capsys.readouterr().out
    text = (tmp_path / "rest" / f"{FIRST}.prompt.txt").read_text()
    assert "These exist already, write something else:" in text and "Greyed out on my laptop" in text
    assert main(["status"]) == 0
    assert f"2 recorded ({_read_recording(content_dir).path.stat().st_size:,} bytes)" in capsys.readouterr().out


def test_a_record_that_the_plan_no_longer_asks_for_serves_its_scenario(content_dir: Path, seeds: Seeds) -> None:
    recording, planned = _read_recording(content_dir), plan_full("tickets", seeds, 42)
    stratum = planned[0]
    other = type(stratum)(**{**stratum.to_dict(), "tone": "no such tone"})
    recording.records[other, 1] = {}
    left = find_open(recording, planned)
    assert len(left) == len(planned) - 1
    assert sum(item.group == stratum.group for item, _ in left) == sum(p.group == stratum.group for p in planned) - 1


@pytest.mark.parametrize(
    ("arguments", "files", "line"),
    [
        (["prompts", "--out", "{folder}"], {"0001-x.jsonl": ""}, "is not empty"),
        (["prompts", "--out", "{folder}", "--batch", "0"], {}, "--batch 0: at least 1 is needed"),
        (["land", "{folder}"], {}, "holds no prompts"),
        (["land", "{folder}"], {"0001-x.items.json": "[]"}, "does not say what was asked for"),
        (["land", "{folder}"], {"0001-x.items.json": '{"entity": "tickets"}'}, "does not say what was asked for"),
        (["land", "{folder}"], {"0001-x.items.json": '{"entity": "events"}'}, "asks for events, not for tickets"),
    ],
)
def test_bad_input_gets_one_line(
    tmp_path: Path,
    content_dir: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    files: dict[str, str],
    line: str,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    assert main([argument.format(folder=folder) for argument in arguments]) in (1, 2)
    said = capsys.readouterr().err
    assert line in said and said.count("\n") == 1


def test_answers_to_a_scenario_that_has_gone_and_files_without_a_prompt_are_refused(
    prompts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = prompts / f"{FIRST}.items.json"
    text = path.read_text()
    path.unlink()  # a link to what other tests read
    path.write_text(text.replace("cancel_button_missing", "cancel_lever_missing"))
    _write(prompts, FIRST, [_answer(1, "cancel lever missing")])
    (prompts / "notes.jsonl").write_text("{}\n")
    assert main(["land", str(prompts)]) == 1
    said = capsys.readouterr().out
    assert f"refused  {FIRST}: 'cancel_lever_missing' is in no seed any more: write the prompts anew" in said
    assert "refused  notes.jsonl: no prompt has this name" in said


@pytest.mark.parametrize("data", [b"no gzip", b"\x1f\x8b\x08\x00", b"{}\n", b"[]\n"])
def test_a_broken_recording_is_named(content_dir: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    path = _read_recording(content_dir).path
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(data) if data.endswith(b"\n") else data)
    assert main(["status"]) == 1
    said = capsys.readouterr().err
    assert str(path) in said and said.count("\n") == 1


def _record(content_dir: Path, items: Sequence[RecordedItem]) -> list[str]:
    """Record something for each item; tell what."""
    recording = _read_recording(content_dir)
    letters = str.maketrans("0123456789", "abcdefghij")
    texts = [f"Message {str(number).translate(letters)}." for number in range(1, len(items) + 1)]
    for item, text in zip(items, texts, strict=True):
        recording.records[item] = {name: text for name in get_entity("tickets").record_columns}
    recording.save()
    return texts


def test_every_volume_serves_the_records_of_the_full_plan(content_dir: Path, seeds: Seeds) -> None:
    planned = plan_full("tickets", seeds, 42)
    items = find_open(_read_recording(content_dir), planned)[:300]
    written_for = dict(zip(_record(content_dir, items), (stratum for stratum, _ in items), strict=True))
    context = PlanContext(seeds=seeds, seed=42, recorded=_read_recording(content_dir).count_strata)
    plan = build_plan("tickets", 100, context)
    assert [item.stratum for item in plan] == planned[:100]

    provider = BundledProvider(content_dir, seeds)
    landed: tuple[str, ...] = ()
    for start in range(0, 100, 25):
        request = BatchRequest(
            entity="tickets", items=tuple(plan[start : start + 25]), seed=42, attempt=1, existing_keys=landed
        )
        landed += tuple(answer["description"] for answer in json.loads(provider.complete(request).text))
    assert [written_for[text] for text in landed] == planned[:100]
    assert len(set(landed)) == 100


def test_two_items_alike_have_two_records(content_dir: Path, seeds: Seeds) -> None:
    stratum = plan_full("tickets", seeds, 42)[0]
    texts = _record(content_dir, [(stratum, 1), (stratum, 2)])
    provider = BundledProvider(content_dir, seeds)
    items = list(number_items([stratum, stratum]))
    together = [
        BatchRequest(entity="tickets", items=tuple(items), seed=42, attempt=1),
        BatchRequest(entity="tickets", items=(items[0],), seed=42, attempt=1),
        BatchRequest(entity="tickets", items=(items[1],), seed=42, attempt=1, existing_keys=(texts[0],)),
    ]
    served = [[a["description"] for a in json.loads(provider.complete(request).text)] for request in together]
    assert set(served[0]) == set(texts)
    assert served[1] == served[0][:1]
    assert served[2] == texts[1:]


def test_the_nearest_record_has_the_same_voice_if_there_is_one() -> None:
    written = {"category": "refund", "scenario": "refund_far", "tone": "terse", "mood": "neutral", "event_kind": "gig"}

    def make(**changes: str) -> TicketStratum:
        return TicketStratum(**{**written, **changes})

    other_voice, other_mood, twice = make(tone="polite"), make(mood="negative", event_kind="game"), make()
    left = RecordedStrata({other_voice: 1, other_mood: 1, twice: 2})
    assert left.take(make(scenario="refund_travel")) is None
    assert [left.take(make()) for _ in range(5)] == [twice, twice, other_mood, other_voice, None]


def test_a_plan_of_another_seed_asks_for_what_is_recorded(content_dir: Path, seeds: Seeds) -> None:
    size = seeds.volumes["full"]["tickets"]
    _record(content_dir, find_open(_read_recording(content_dir), plan_full("tickets", seeds, 42)))
    recorded = _read_recording(content_dir).count_strata()
    context = PlanContext(seeds=seeds, seed=7, recorded=lambda: recorded)
    plan = build_plan("tickets", size, context)
    assert Counter(item.stratum for item in plan) == recorded
    assert build_plan("tickets", 100, context) == plan[:100]

    provider = BundledProvider(content_dir, seeds)
    provider.check("tickets", plan)
    with pytest.raises(ContentExhausted, match=f"tickets: {size + 100:,} requested, but the bundled content holds at"):
        provider.check("tickets", build_plan("tickets", size + 100, context))
