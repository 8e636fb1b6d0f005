"""The landing of one entity: append-only replies, records and rejects, and what they already hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from extract.entities import PULLED, get_entity
from extract.errors import CallFailed, CorruptLine
from extract.landing.jsonl import SCHEMA_VERSION, Line, append_lines, dump_line, mend_end, read_lines, sync_file
from extract.landing.reply_log import CallContext, StoredReply, make_failure_line, make_reply_line, parse_reply_line
from extract.landing.schema import REJECT_COLUMNS, find_type_error, find_unknown_column, list_columns
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.replies.completion import Completion
from extract.replies.parse import read_reply
from extract.replies.similar import KnownTexts, find_runs
from extract.replies.validate import ExistingKeys, ValidationPolicy, ValidationResult, validate_batch

FOLDERS = ("replies", "records", "rejects", "failures")
# A reject keeps the start of what was refused; the reply keeps all of it.
RAW_LIMIT = 2_000


class EntityLanding:
    """The files of one entity under the raw directory, read once and kept in step with what is appended.

    Raises:
        CorruptLine: on reading a line that extract cannot have written.
    """

    def __init__(self, raw_dir: Path, entity: str) -> None:
        self.raw_dir, self.entity = raw_dir, entity
        self.replies_path, self.records_path, self.rejects_path, self.failures_path = (
            raw_dir / folder / f"{entity}.jsonl" for folder in FOLDERS
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.replies_path, self.records_path, self.rejects_path, self.failures_path

    @cached_property
    def records(self) -> dict[int, Line]:
        """Landed records by plan position, from 1.

        Raises:
            CorruptLine: a line has another type, column or position than it may have.
        """
        records: dict[int, Line] = {}
        columns, added = list_columns(self.entity), get_entity(self.entity).added_columns
        for number, line in read_lines(self.records_path):
            line = {**added, **line}
            problem = find_type_error(line, columns) or find_unknown_column(line, columns)
            if problem:
                raise CorruptLine(self.records_path, number, problem)
            position = line["position"]
            if position < 1 or position in records:
                raise CorruptLine(self.records_path, number, f"has position {position} again, or below 1")
            records[position] = line
        return records

    @cached_property
    def keys(self) -> dict[str, int]:
        """Natural keys of landed records, in order of arrival, with their positions.

        Raises:
            CorruptLine: two records have the same key.
        """
        model = get_entity(self.entity).record
        keys: dict[str, int] = {}
        for number, (position, line) in enumerate(self.records.items(), start=1):
            key = model.read_key(line)
            first = keys.setdefault(key, position) if key is not None else position
            if first != position:
                raise CorruptLine(self.records_path, number, f"has the {model.natural_key} of position {first} again")
        return keys

    @cached_property
    def texts(self) -> KnownTexts:
        """The texts of landed records that no other may say again."""
        texts, name = KnownTexts(), get_entity(self.entity).record.own_text
        for line in self.records.values() if name else ():
            texts.add(find_runs(line[name]))
        return texts

    @property
    def existing_keys(self) -> ExistingKeys:
        """What a further record may not repeat."""
        return ExistingKeys(self.records, self.keys, self.texts)

    @cached_property
    def attempts(self) -> dict[int, int]:
        """The latest attempt that a reply was stored of, by position."""
        return {item.position: reply.attempt for reply in self.replies for item in reply.items}

    @cached_property
    def replies(self) -> list[StoredReply]:
        path = self.replies_path
        return [parse_reply_line(path, number, line, self.entity) for number, line in read_lines(path)]

    @cached_property
    def _failures(self) -> int:
        return sum(1 for _ in read_lines(self.failures_path))

    def mend(self) -> list[str]:
        """Make every file's end whole before anything is appended; tell what was dropped."""
        return [warning for path in self.paths if (warning := mend_end(path))]

    def clear(self) -> None:
        """Remove the entity's lines; its Parquet file stays until the next one replaces it."""
        for path in self.paths:
            path.unlink(missing_ok=True)
        for name in ("records", "keys", "texts", "attempts", "replies", "_failures"):
            self.__dict__.pop(name, None)

    def find_unvalidated(self) -> Iterator[StoredReply]:
        """Find replies of which some position is neither landed nor refused: a crash came in between."""
        refused = {(line["reply_id"], line["position"]) for line in self.read_rejects()}
        for reply in self.replies:
            positions = {item.position for item in reply.items} - self.records.keys()
            if any((reply.reply_id, position) not in refused for position in positions):
                yield reply

    def read_rejects(self) -> Iterator[Line]:
        """Yield what was refused, in order of arrival.

        Raises:
            CorruptLine: a line has another type than it may have.
        """
        for number, line in read_lines(self.rejects_path):
            problem = find_type_error(line, REJECT_COLUMNS)
            if problem:
                raise CorruptLine(self.rejects_path, number, problem)
            yield line

    def append_reply(self, request: BatchRequest, completion: Completion, context: CallContext) -> StoredReply:
        """Store a reply before it is validated; it is on disk once `sync_replies` returns."""
        line = make_reply_line(request, completion, context)
        append_lines(self.replies_path, [line])
        self._count_attempt(request.items, request.attempt)
        return StoredReply(
            reply_id=request.reply_id,
            items=request.items,
            attempt=request.attempt,
            provider=context.provider,
            model=completion.model,
            text=line["text"],
            stop_reason=line["stop_reason"],
            output_tokens=line["output_tokens"],
        )

    def sync_replies(self) -> None:
        """Wait until the disk has the replies: they are paid for."""
        sync_file(self.replies_path)

    def append_failure(self, request: BatchRequest, error: CallFailed, context: CallContext) -> None:
        """Note a call that failed, so that the log of calls is complete."""
        self._failures += 1
        append_lines(self.failures_path, [make_failure_line(request, error, context, self._failures)])

    def land(self, reply: StoredReply, policy: ValidationPolicy) -> ValidationResult:
        """Validate a stored reply and land what it holds."""
        reading = read_reply(reply.text, reply.stop_reason)
        result = validate_batch(reading, reply.items, self.existing_keys, policy)
        self.append_result(reply, result)
        return result

    def append_result(self, reply: StoredReply, result: ValidationResult) -> None:
        """Land what was accepted, note what was rejected; rejects first, so that a crash only repeats calls."""
        append_lines(self.rejects_path, self._reject_lines(reply, result))
        lines = [
            {
                "schema_version": SCHEMA_VERSION,
                "position": accepted.item.position,
                **accepted.item.stratum.to_dict(),
                **accepted.record.model_dump(),
                "reply_id": reply.reply_id,
                "provider": reply.provider,
                "model": reply.model,
            }
            for accepted in result.accepted
        ]
        append_lines(self.records_path, lines)
        for accepted, line in zip(result.accepted, lines, strict=True):
            if accepted.record.key is not None:
                self.keys[accepted.record.key] = accepted.item.position
            if accepted.runs:
                self.texts.add(accepted.runs)
            self.records[accepted.item.position] = line

    def _reject_lines(self, reply: StoredReply, result: ValidationResult) -> Iterator[Line]:
        for refusal in result.rejected:
            yield {
                "schema_version": SCHEMA_VERSION,
                "reply_id": reply.reply_id,
                "position": refusal.position,
                "reason": refusal.reason,
                "raw": _shorten(refusal.raw),
            }

    def _count_attempt(self, items: Sequence[PlanItem], attempt: int) -> None:
        self.attempts.update({item.position: attempt for item in items})


def open_landings(raw_dir: Path) -> dict[str, EntityLanding]:
    """Open the landing of every entity; nothing is read before it is needed, and then once."""
    return {entity: EntityLanding(raw_dir, entity) for entity in PULLED}


def _shorten(raw: object) -> object:
    try:
        text = dump_line({"line": {"raw": raw}})
    except (RecursionError, ValueError, TypeError):
        return "cannot be shown here; the reply holds it"
    return raw if len(text) <= RAW_LIMIT else text[:RAW_LIMIT]
