"""The lines of replies and failed calls: the request, the reply, and what they took."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.entities import get_entity
from extract.entities.text_rules import clean_line
from extract.errors import CallFailed, CorruptLine
from extract.landing.jsonl import SCHEMA_VERSION, Line
from extract.landing.schema import REPLY_COLUMNS, find_type_error
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.replies.completion import Completion
from extract.replies.redact import redact

# The service's word for why a reply ended, which reaches calls.parquet.
STOP_REASON_LIMIT = 60
_COUNTS = ("latency_ms", "tries", "input_tokens", "output_tokens")
# Every reader of numbers holds this one exactly.
_MOST = 2**53


@dataclass(frozen=True, kw_only=True)
class StoredReply:
    """A reply as it is stored, with the items that it was to answer; its text is verbatim."""

    reply_id: str
    items: tuple[PlanItem, ...]
    attempt: int
    provider: str
    model: str
    text: str
    stop_reason: str = "end_turn"
    output_tokens: int = 0


@dataclass(frozen=True)
class CallContext:
    """Which model was called, and when."""

    provider: str
    model: str
    requested_at: str


def make_reply_line(request: BatchRequest, completion: Completion, context: CallContext) -> Line:
    """Make the line of a reply: one that can be read back, whatever the completion holds."""
    line = {
        **_describe_request(request),
        "strata": [{**item.stratum.to_dict(), "ordinal": item.ordinal} for item in request.items],
        "provider": context.provider,
        "model": completion.model,
        "prompt_version": get_entity(request.entity).prompt_version,
        "requested_at": context.requested_at,
        "latency_ms": completion.latency_ms,
        "tries": completion.tries,
        "input_tokens": completion.input_tokens,
        "output_tokens": completion.output_tokens,
        "cost_usd": completion.cost_usd,
        "stop_reason": clean_line(str(completion.stop_reason)[:STOP_REASON_LIMIT]),
        "text": completion.text,
    }
    return tidy_call(line)


def make_failure_line(request: BatchRequest, error: CallFailed, context: CallContext, number: int) -> Line:
    """Make the line of a call that failed; its tokens are not known."""
    return {
        **_describe_request(request),
        "reply_id": f"{request.reply_id}-f{number}",
        "provider": context.provider,
        "model": context.model,
        "prompt_version": get_entity(request.entity).prompt_version,
        "requested_at": context.requested_at,
        "latency_ms": 0,
        "tries": error.tries,
        "input_tokens": 0,
        "output_tokens": 0,
        "cost_usd": None if error.may_be_billed else 0.0,
        "stop_reason": f"failed: {error.code}",
        "problem": redact(str(error)),
    }


def _describe_request(request: BatchRequest) -> Line:
    return {
        "schema_version": SCHEMA_VERSION,
        "reply_id": request.reply_id,
        "entity": request.entity,
        "batch_id": request.batch_id,
        "attempt": request.attempt,
        "positions": [item.position for item in request.items],
    }


def tidy_call(line: Line) -> Line:
    """Give what a service says of itself the types of our columns, so that its line can always be read back.

    Also for lines that an extract wrote before it did so.
    """
    tidied: Line = {name: _tidy_count(line[name]) for name in _COUNTS if name in line}
    if type(line.get("cost_usd")) is int:
        tidied["cost_usd"] = float(line["cost_usd"])
    if "text" in line:
        tidied["text"] = _tidy_text(line["text"])
    return {**line, **tidied}


def _tidy_count(value: object) -> int:
    if isinstance(value, str) and value.isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        return 0
    return int(min(value, _MOST))


def _tidy_text(text: object) -> str:
    """Null is an empty text, the texts of a list of parts are joined; anything else is kept as JSON."""
    if text is None or isinstance(text, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in text or ()]
        text = "".join(part for part in parts if isinstance(part, str))
    return join_halves(text if isinstance(text, str) else json.dumps(text))


def join_halves(text: str) -> str:
    """Make one character of two surrogates that follow each other, as reading the line back does."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def parse_reply_line(path: Path, number: int, line: Line, entity: str) -> StoredReply:
    """Read a line back.

    Raises:
        CorruptLine: it is not the line of a reply.
    """
    line = tidy_call(line)
    problem = find_type_error(line, REPLY_COLUMNS)
    if problem:
        raise CorruptLine(path, number, problem)
    try:
        return StoredReply(
            reply_id=line["reply_id"],
            items=tuple(_read_items(line["positions"], line["strata"], entity)),
            attempt=line["attempt"],
            provider=line["provider"],
            model=line["model"],
            text=line["text"],
            stop_reason=line["stop_reason"],
            output_tokens=line["output_tokens"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptLine(path, number, f"is not a reply of {entity}: {error!r}") from error


def _read_items(positions: Sequence[int], strata: Sequence[dict[str, str | int]], entity: str) -> Iterator[PlanItem]:
    stratum = get_entity(entity).stratum
    for position, fields in zip(positions, strata, strict=True):
        texts = {name: str(value) for name, value in fields.items() if name != "ordinal"}
        yield PlanItem(position, stratum(**texts), int(fields["ordinal"]))
