"""The command line of extract: arguments, messages, exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from extract.entities import COUNTED
from extract.errors import ExtractError, UsageError
from extract.pull.progress import tell_interrupted

TEST_VOLUME = "test"
COMPARE = "compare"
# What a shell reports for a process that Ctrl-C has ended.
EXIT_INTERRUPTED = 130

_EXAMPLES = """\
examples:
  python extract/run.py                        all that is missing of the full volume (10,000 users ...)
  python extract/run.py --test                 a small set
  python extract/run.py users venues           only these two; the volume stays as remembered
  python extract/run.py --count users=200      another number of one entity
  python extract/run.py --rewrite tickets      pull the tickets again from nothing, dated today
  python extract/run.py --dry-run              what would be pulled, and what it would cost
  python extract/run.py --model nova-lite --budget 1.50
                                               from Amazon Bedrock, for at most 1.50 USD
  python extract/run.py compare --models nova-micro,ministral-3-8b --entity users
                                               the same small batches on several models, as a table

What landed stays: a run adds what is missing and never repeats or rewrites what is there. The landing remembers
the counts requested, and dbt build follows them; a run of some entities changes only their counts.
AWS is configured as usual: AWS_PROFILE or keys, and AWS_REGION; the account needs access to the model.
EVENTHUB_DATA_DIR names the folder of all outputs (default: data). Exit codes: 0 done, 1 failed, 2 wrong use.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run extract once.

    Args:
        arguments: the words after the program's name; those of the process if None.

    Returns:
        The exit code: 0 done, 1 failed, 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        # What a service says may hold characters that have no form on this screen.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    is_comparison = words[:1] == [COMPARE]
    parser = build_compare_parser() if is_comparison else build_parser()
    parsed = parser.parse_intermixed_args(words[1:] if is_comparison else words)
    try:
        return _compare(parsed) if is_comparison else _run(parsed)
    except ExtractError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}. What landed before stays.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        tell_interrupted("stopped. What landed stays; run the same command again to go on.")
        return EXIT_INTERRUPTED


def build_parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="extract/run.py",
        description="Pull names, titles and texts from a model (or the bundled content) into data/raw.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "entities",
        nargs="*",
        metavar="ENTITY",
        help=f"what to pull, in any order: {', '.join(COUNTED)} (default: all)",
    )
    add("--skip", nargs="+", default=[], action="extend", metavar="ENTITY", help="leave these out")
    add(
        "--volume",
        metavar="NAME",
        help="how much: full, portfolio or test (default: as remembered, first full)",
    )
    add("--test", action="store_true", help="short for --volume test")
    add(
        "--count",
        nargs="+",
        default=[],
        action="extend",
        metavar="ENTITY=ROWS",
        help="rows of single entities, such as users=200; wins over the volume",
    )
    add(
        "--rewrite",
        action="store_true",
        help="delete what this run pulls, and pull it again, dated today",
    )
    add(
        "--model",
        metavar="NAME",
        help="model to use: bundled (no account), an alias from models.csv, or a Bedrock id, profile or ARN "
        "(default: EVENTHUB_MODEL, or bundled)",
    )
    add(
        "--family",
        metavar="NAME",
        help="the model's family, if its name does not show it (default: EVENTHUB_MODEL_FAMILY)",
    )
    add(
        "--seed",
        type=int,
        metavar="N",
        help="seed of the plan, which decides what each record is about (default: as remembered, first 42)",
    )
    add("--dry-run", action="store_true", help="print the plan with calls, tokens and cost; pull nothing")
    add("--budget", type=float, metavar="USD", help="hard cap on what the calls of this run may cost")
    add("--concurrency", type=int, metavar="N", help="calls at the same time (default: 8)")
    add(
        "--reparse",
        action="store_true",
        help="validate the stored replies again under today's rules, without a call",
    )
    return parser


def build_compare_parser() -> argparse.ArgumentParser:
    """Describe the command line of `compare`."""
    parser = argparse.ArgumentParser(
        prog=f"extract/run.py {COMPARE}",
        description="Run the same small batches on several models and print how they did. "
        "Nothing lands: the batches go to a directory of their own, which is removed.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--models", required=True, metavar="A,B,C", help="aliases, model ids, profiles or ARNs, and bundled")
    add("--entity", default="users", metavar="ENTITY", help="what the models write (default: users)")
    add("--batches", type=int, default=2, metavar="N", help="batches for each model (default: 2)")
    add("--budget", type=float, metavar="USD", help="hard cap on what all models together may cost")
    add("--concurrency", type=int, metavar="N", help="calls at the same time (default: 8)")
    return parser


def _compare(parsed: argparse.Namespace) -> int:
    from extract.pull.compare import compare
    from extract.settings import load_settings

    for flag in ("budget", "batches"):
        _check_positive(f"--{flag}", getattr(parsed, flag))
    _check_concurrency(parsed.concurrency)
    models = [name.strip() for name in parsed.models.split(",") if name.strip()]
    if not models:
        raise UsageError(f"--models {parsed.models!r}: name at least one model")
    changes = {"concurrency": parsed.concurrency} if parsed.concurrency else {}
    settings = load_settings().model_copy(update=changes)
    return compare(models, entity=parsed.entity, batches=parsed.batches, limit=parsed.budget, settings=settings)


def _run(parsed: argparse.Namespace) -> int:
    # Imported here, so that --help and a mistyped flag answer at once.
    from extract.pull.pipeline import run
    from extract.pull.request import PullRequest
    from extract.settings import load_settings

    changes = {
        "model": parsed.model,
        "model_family": parsed.family,
        "concurrency": parsed.concurrency,
    }
    settings = load_settings().model_copy(update={k: v for k, v in changes.items() if v is not None})
    _check_positive("--budget", parsed.budget)
    _check_concurrency(parsed.concurrency)
    request = PullRequest(
        entities=tuple(parsed.entities),
        skip=tuple(parsed.skip),
        volume=_choose_volume(parsed.volume, parsed.test),
        counts=dict(_parse_count(word) for word in parsed.count),
        seed=parsed.seed,
        rewrite=parsed.rewrite,
        dry_run=parsed.dry_run,
        budget=parsed.budget,
        reparse=parsed.reparse,
    )
    run(request, settings)
    return 0


def _check_positive(flag: str, value: float | None) -> None:
    # Written so that nan is refused as well.
    if value is not None and not 0 < value < float("inf"):
        raise UsageError(f"{flag} {value}: a number above 0 is needed")


def _check_concurrency(value: int | None) -> None:
    from extract.settings import MOST_CONCURRENCY

    _check_positive("--concurrency", value)
    if value is not None and value > MOST_CONCURRENCY:
        raise UsageError(f"--concurrency {value}: at most {MOST_CONCURRENCY} calls can be made at the same time")


def _choose_volume(volume: str | None, test: bool) -> str | None:
    if test and volume not in (None, TEST_VOLUME):
        raise UsageError(f"--test cannot be used with --volume {volume}")
    return TEST_VOLUME if test else volume


def _parse_count(word: str) -> tuple[str, int]:
    entity, _, rows = word.partition("=")
    if entity not in COUNTED:
        raise UsageError(f"--count {word}: unknown entity {entity!r}; entities are: {', '.join(COUNTED)}")
    try:
        return entity, int(rows)
    except ValueError:
        raise UsageError(f"--count {word}: write it as {entity}=200") from None
