"""Records what a language model writes: prompts go out as files, answers are validated and land in the bundled content.

python tools/record.py prompts --entity tickets --out DIR    writes DIR/<batch>.prompt.txt for all that is open
python tools/record.py land --entity tickets DIR             lands DIR/<batch>.jsonl, the answers
python tools/record.py status                                tells what is recorded and what is open
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from common.folder_lock import FolderLock, FolderLocked  # noqa: E402
from extract.entities import get_entity  # noqa: E402
from extract.errors import ContentError, ExtractError, UsageError  # noqa: E402
from extract.planning.seeds import Seeds  # noqa: E402
from extract.providers.bundled.recording import RECORDED, Recording  # noqa: E402
from extract.recording.batches import (  # noqa: E402
    find_answer,
    find_stray_answers,
    read_batches,
    split_batches,
    write_batches,
)
from extract.recording.land import land_answers  # noqa: E402
from extract.recording.open_items import find_open, plan_full  # noqa: E402
from extract.settings import Settings, load_settings  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Run one command; tell in one line what is wrong."""
    parsed = _make_parser().parse_args(arguments)
    try:
        settings = load_settings()
        seeds = Seeds(settings.seeds_dir)
        recording = Recording(settings.content_dir, parsed.entity)
        return int(parsed.run(parsed, settings, seeds, recording))
    except ExtractError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"error: {error.filename} cannot be used: {error.strerror}", file=sys.stderr)
        return 1


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="record", description="Make and renew the recording of the bundled content.")
    commands = parser.add_subparsers(required=True)

    prompts = commands.add_parser("prompts", help="write the prompts of all open items, a file a batch")
    prompts.add_argument("--out", type=Path, required=True, help="an empty folder, or one to be made")
    prompts.add_argument("--batch", type=int, help="most items of a batch (default: that of batch_sizes.csv)")
    prompts.set_defaults(run=_write_prompts)

    land = commands.add_parser("land", help="validate the answers beside the prompts and record what is accepted")
    land.add_argument("folder", type=Path, help="the folder of the prompts; the answer to X.prompt.txt is X.jsonl")
    land.add_argument("--replace", action="store_true", help="records in other words take the place of recorded ones")
    land.set_defaults(run=_land)

    status = commands.add_parser("status", help="tell what is recorded and what is open")
    status.set_defaults(run=_show_status)

    for command in (prompts, land, status):
        command.add_argument("--entity", choices=RECORDED, default=RECORDED[0], help="what is recorded")
    return parser


def _write_prompts(parsed: argparse.Namespace, settings: Settings, seeds: Seeds, recording: Recording) -> int:
    size = seeds.batch_sizes[recording.entity] if parsed.batch is None else parsed.batch
    if size < 1:
        raise UsageError(f"--batch {size}: at least 1 is needed")
    items = find_open(recording, plan_full(recording.entity, seeds, settings.seed))
    batches = list(split_batches(recording.entity, items, size, seeds))
    write_batches(recording, batches, parsed.out, seeds, settings.avoid_limit)
    print(f"{len(batches):,} prompts for {len(items):,} open items: {parsed.out}/*.prompt.txt")
    print(
        f"write the answer to each beside it, X.jsonl to X.prompt.txt; then: python tools/record.py land {parsed.out}"
    )
    return 0


def _land(parsed: argparse.Namespace, settings: Settings, seeds: Seeds, recording: Recording) -> int:
    batches = list(read_batches(recording.entity, parsed.folder))
    answers = [(batch, text) for batch in batches if (text := find_answer(parsed.folder, batch)) is not None]
    stray = find_stray_answers(parsed.folder, batches)
    lock = FolderLock(recording.path.parent)
    try:
        lock.acquire()
    except FolderLocked as error:
        raise ContentError(f"{recording.path.parent} is held by {error.name_holder('record')}; wait for it") from error
    try:
        result = land_answers(recording, answers, seeds, replace=parsed.replace)
        if result.landed:
            recording.save()
    finally:
        lock.release()
    for name, number, reason in result.refused:
        print(f"refused  {name}{f' item {number}' if number else ''}: {reason}")
    for path in stray:
        print(f"refused  {path.name}: no prompt has this name")
    for batch in batches:
        left = [str(n) for n, item in enumerate(batch.items, start=1) if item not in recording.records]
        if left:
            print(f"open     {batch.name}: {'all' if len(left) == len(batch.items) else ', '.join(left)}")
    print(f"landed {len(result.landed):,}, known before {len(result.known):,}, refused {len(result.refused):,}")
    return 1 if result.refused or stray else 0


def _show_status(parsed: argparse.Namespace, settings: Settings, seeds: Seeds, recording: Recording) -> int:
    planned = plan_full(recording.entity, seeds, settings.seed)
    items = find_open(recording, planned)
    size = recording.path.stat().st_size if recording.path.exists() else 0
    find_echo = get_entity(recording.entity).find_echo
    asked = Counter(find_echo(stratum, seeds) for stratum in planned)
    left = Counter(find_echo(stratum, seeds) for stratum, _ in items)
    for echo in sorted(left):
        print(f"open  {echo}: {left[echo]:,} of {asked[echo]:,}")
    print(
        f"{recording.entity}: {len(recording.records):,} recorded ({size:,} bytes), "
        f"{len(items):,} of {len(planned):,} planned open"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
