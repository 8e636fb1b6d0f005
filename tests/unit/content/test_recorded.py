"""The recording that comes with the project: each record is accepted as it stands, and says what no other says."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter

import pytest

from extract.entities import get_entity
from extract.planning.plan import PlanItem
from extract.planning.seeds import Seeds
from extract.providers.bundled.recording import RECORDED, Recording
from extract.recording.open_items import find_open, plan_full
from extract.recording.repeats import Repeats
from extract.replies.parse import read_reply
from extract.replies.validate import ExistingKeys, make_policy, validate_batch
from extract.settings import Settings

MOST_BYTES = 8_000_000
BATCH = 50


@pytest.mark.parametrize("entity", RECORDED)
def test_every_record_is_accepted_as_it_stands(entity: str, seeds: Seeds) -> None:
    records = list(Recording(Settings().content_dir, entity).records.items())
    policy, find_echo = make_policy(entity, seeds), get_entity(entity).find_echo
    for start in range(0, len(records), BATCH):
        batch = list(enumerate(records[start : start + BATCH], start=1))
        items = [PlanItem(n, stratum, 1) for n, ((stratum, _), _) in batch]
        lines = [{"n": n, "about": find_echo(stratum, seeds), **record} for n, ((stratum, _), record) in batch]
        reading = read_reply(json.dumps(lines), "end_turn")
        result = validate_batch(reading, items, ExistingKeys((), ()), policy)
        assert [(rejected.reason, rejected.raw) for rejected in result.rejected] == []
        assert [accepted.record.model_dump() for accepted in result.accepted] == [record for _, (_, record) in batch]


@pytest.mark.parametrize("entity", RECORDED)
def test_no_record_says_what_another_says(entity: str) -> None:
    repeats = Repeats(entity, ())
    for item, record in Recording(Settings().content_dir, entity).records.items():
        assert repeats.find(record) is None, (item, record)
        repeats.add(record)


@pytest.mark.parametrize("entity", RECORDED)
def test_the_recording_is_small_and_in_order(entity: str) -> None:
    path = Recording(Settings().content_dir, entity).path
    if path.exists():
        assert path.stat().st_size <= MOST_BYTES
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        assert lines == sorted(lines)


@pytest.mark.parametrize("entity", RECORDED)
def test_every_position_of_the_full_plan_has_a_record(entity: str, seeds: Seeds) -> None:
    recording = Recording(Settings().content_dir, entity)
    assert find_open(recording, plan_full(entity, seeds, Settings().seed)) == []


def test_a_message_is_known_by_its_first_four_words() -> None:
    """The split of a landed text goes by them (int_ticket_texts__split)."""
    records = Recording(Settings().content_dir, "tickets").records
    starts = Counter(
        (stratum.group, *re.findall(r"[^\W\d_]+", str(record["description"]).lower())[:4])
        for (stratum, _), record in records.items()
    )
    alike = sum(count - 1 for count in starts.values())
    assert alike <= len(records) * 0.02, starts.most_common(10)
