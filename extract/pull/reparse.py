"""Reading stored replies again under today's rules: no call, and nothing lost if it is stopped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from extract.landing.parquet import write_records
from extract.landing.store import FOLDERS, EntityLanding
from extract.pull import progress
from extract.pull.context import RunContext
from extract.replies.validate import make_policy

# Made aside, and put in place once an entity is read to its end.
ASIDE = ".reparse"


def reparse(context: RunContext) -> None:
    """Validate every stored reply of the run's entities again, in the order in which they came.

    Records that today's rules reject are gone afterwards; the next run pulls them again.
    """
    for before in context.pulled:
        entity = before.entity
        if not before.replies:
            progress.say(entity, "no stored replies")
            continue
        landed_before = len(before.records)
        after = _read_again(before, context)
        _replace(after, before)
        write_records(EntityLanding(before.raw_dir, entity))
        change = len(after.records) - landed_before
        progress.say(
            entity,
            f"{len(after.records):,} records from {len(before.replies):,} stored replies "
            f"({change:+,}), {context.target.counts[entity]:,} requested",
        )


def _read_again(before: EntityLanding, context: RunContext) -> EntityLanding:
    aside = before.raw_dir / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    for folder in FOLDERS:
        (aside / folder).mkdir(parents=True)
    after = EntityLanding(aside, before.entity)
    policy = make_policy(before.entity, context.seeds)
    for reply in before.replies:
        after.land(reply, policy)
    return after


def _replace(after: EntityLanding, before: EntityLanding) -> None:
    """Put the new files in place, records last: a crash in between only leaves refusals of other records."""
    _move(after.rejects_path, before.rejects_path)
    _move(after.records_path, before.records_path)
    shutil.rmtree(after.raw_dir)


def _move(source: Path, target: Path) -> None:
    source.touch()
    os.replace(source, target)
