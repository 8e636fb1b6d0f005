"""A writer that does all wrong that weak models do: counts are exact or what lacks is named, nothing is misplaced."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from extract.entities import PULLED, get_entity
from extract.planning.seeds import Seeds
from extract.settings import Settings
from tests.pipeline.commands import run_dbt
from tests.provider.conftest import Extract, Read
from tests.provider.misbehaving import REPEATED, garble
from tests.provider.server import BedrockServer
from tests.provider.writer import Answer, Writer

LABELS = {"users": "full_name", "venues": "name", "events": "title", "kb_articles": "title", "tickets": "description"}


class NotingWriter(Writer):
    """Remembers under which item's words it has written each record."""

    def __init__(self) -> None:
        super().__init__(seed=0, repeat_share=REPEATED)
        self.written: dict[str, set[str]] = defaultdict(set)

    def write(self, prompt: str) -> list[Answer]:
        answers = super().write(prompt)
        for answer in answers:
            words = next(answer[name] for name in ("full_name", "name", "title", "description") if name in answer)
            self.written[_spell(words)].add(str(answer["about"]))
        return answers


def _spell(words: str) -> str:
    """Leave out slots, as the writer at its worst does, too."""
    return re.sub(r"\{\w+\}|\bit\b", "", words)


def _check_items(raw_dir: Path, written: dict[str, set[str]]) -> int:
    """Check that every landed record stands under an item whose words it was written for; count them."""
    count, seeds = 0, Seeds(Settings().seeds_dir)
    for entity in PULLED:
        known = get_entity(entity)
        for text in (raw_dir / "records" / f"{entity}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
            line = json.loads(text)
            if line["provider"] == "bundled":
                continue
            stratum = known.stratum(**{name: line[name] for name in known.stratum_columns})
            assert known.find_echo(stratum, seeds) in written[_spell(line[LABELS[entity]])], line
            count += 1
    return count


def _pull(server: BedrockServer, extract: Extract, volume: str) -> int:
    """Pull from the writer, and what it leaves from the bundled content; tell how many calls the writer took."""
    server.behaviour.garble = garble
    ran = extract("--volume", volume, "--model", "mistral-7b")
    calls = len(server.calls)
    if ran.code:
        assert ran.code == 1
        entities = re.search(r"still missing after .*python extract/run.py ([\w ]+) --model bundled", ran.err, re.S)
        assert entities
        assert extract(*entities[1].split(), "--model", "bundled").code == 0
    return calls


def test_a_test_volume_of_a_misbehaving_writer(
    server: BedrockServer, extract: Extract, raw_dir: Path, read: Read
) -> None:
    server.writer = writer = NotingWriter()

    _pull(server, extract, "test")

    sizes = Seeds(Settings().seeds_dir).volumes["test"]
    assert {entity: read(entity).height for entity in PULLED} == {entity: sizes[entity] for entity in PULLED}
    assert _check_items(raw_dir, writer.written) > 100


@pytest.mark.long
def test_the_portfolio_volume_of_a_misbehaving_writer_is_built_for_half_as_many_calls_again(
    server: BedrockServer, extract: Extract, raw_dir: Path, data_dir: Path
) -> None:
    server.writer = writer = NotingWriter()

    calls = _pull(server, extract, "portfolio")

    assert calls <= 1.5 * 264
    assert _check_items(raw_dir, writer.written) > 10_900
    built = run_dbt(data_dir, "build", "--quiet", "--vars", "{}")
    assert built.returncode == 0, built.stdout[-3000:]


@pytest.mark.long
def test_the_portfolio_volume_of_a_good_writer_takes_a_tenth_more_calls_at_most(
    server: BedrockServer, extract: Extract
) -> None:
    assert extract("--volume", "portfolio", "--model", "mistral-7b").code == 0
    assert len(server.calls) <= 1.1 * 264
