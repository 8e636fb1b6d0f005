"""The formats of other tools and projects: written by their word in `exports`, true to the rows, and verified."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from data.models import cultpass, flat
from export.entity_files import ENTITY_FILES
from export.exported_table import ExportedTable
from export.finding import Finding
from export.run import export_all
from export.settings import read_settings
from export.verify import choose_checks
from export.writers import KINDS
from export.writers.chat import find_faults
from export.writers.hub import MESSAGES
from export.writers.retrieval import SPLITS

OTHERS = ("retrieval", "hub", "flat", "cultpass", "chat")


@pytest.fixture(scope="module")
def formats(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every format of the test volume, beside its default files."""
    data_dir = tmp_path_factory.mktemp("formats") / "data"
    (data_dir / "work").mkdir(parents=True)
    shutil.copy(built / "work" / "warehouse.duckdb", data_dir / "work")
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        tables = export_all(connection.cursor(), data_dir, read_settings([*OTHERS, "warehouse"], None))
    (data_dir / "tables.json").write_text(json.dumps([vars(table) for table in tables]))
    return data_dir


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check(data_dir: Path) -> list[Finding]:
    """Run what `make verify` runs on these files."""
    tables = [ExportedTable(**line) for line in json.loads((data_dir / "tables.json").read_text())]
    return [
        finding for check, own in choose_checks(tables) if own and check.__name__ != "check_rules"
        for finding in check(data_dir, own)
    ]  # fmt: skip


def test_nothing_is_found_wrong_in_them(formats: Path) -> None:
    assert check(formats) == []


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("retrieval/qrels/test.jsonl", "generated_file_is_as_written"),
        ("hub/data/users/train-00000-of-00001.parquet", "generated_file_is_as_written"),
        ("hub/croissant.json", "descriptor_names_the_bytes"),
        ("chat/preference.jsonl", "generated_file_is_as_written"),
    ],
)
def test_a_changed_file_is_found(formats: Path, tmp_path: Path, file: str, found: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(formats, copy)
    text = (copy / file).read_bytes()
    (copy / file).write_bytes(text.replace(b'sha256": "', b'sha256": "0') if file.endswith("croissant.json") else b"")
    assert found in {finding.check for finding in check(copy)}


def test_a_judgement_of_nothing_is_found(formats: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(formats, copy)
    lines = read_lines(copy / "retrieval" / "queries.jsonl")
    lines[0]["_id"] = "t_99999"
    (copy / "retrieval" / "queries.jsonl").write_text("\n".join(map(json.dumps, lines)))
    found = {finding.check for finding in check(copy)}
    assert {"judgement_names_query_and_document", "query_is_judged_or_unanswerable"} <= found


def test_a_conversation_of_a_task_is_found(formats: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(formats, copy)
    path = copy / "chat" / "train.jsonl"
    rows = read_lines(path)
    result = next(said for said in rows[0]["messages"] if said["role"] == "tool")
    result["content"] = json.dumps(json.loads(result["content"]) | {"ticket_id": "t_99999"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert "conversation_can_be_learned_from" in {finding.check for finding in check(copy)}


@pytest.mark.parametrize("table", ["users", "reservations"])
def test_a_changed_row_of_a_database_is_found(formats: Path, tmp_path: Path, table: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(formats, copy)
    for name in ("flat.db", "cultpass.db", "hub/eventhub.db"):
        with closing(sqlite3.connect(copy / name)) as connection, connection:
            connection.execute(f"delete from {table} where rowid = (select max(rowid) from {table})")
    found = [finding.what for finding in check(copy) if finding.check == "table_has_its_rows"]
    assert len(found) == 3 and all(what.startswith(f"{table} of ") for what in found)


def test_judgements_are_those_of_the_answer_key(formats: Path, built: Path) -> None:
    wanted: dict[str, set[tuple[object, object, int]]] = {split: set() for split in SPLITS}
    unanswerable = set()
    for label in read_lines(built / "generated" / "ticket_labels.jsonl"):
        accepted = label["also_accepted"]
        assert isinstance(accepted, list)
        judged = {(label["ticket_id"], article, 1) for article in accepted if article != label["expected_article_id"]}
        if label["expected_article_id"]:
            judged.add((label["ticket_id"], label["expected_article_id"], 2))
        wanted[str(label["split"])] |= judged
        if not judged:
            unanswerable.add(label["ticket_id"])
    folder = formats / "retrieval"
    for split in SPLITS:
        lines = read_lines(folder / "qrels" / f"{split}.jsonl")
        assert {(line["query-id"], line["corpus-id"], line["score"]) for line in lines} == wanted[split]
        header, *rows = (folder / "qrels" / f"{split}.tsv").read_text().splitlines()
        assert header.split("\t") == ["query-id", "corpus-id", "score"]
        assert [row.split("\t") for row in rows] == [[str(value) for value in line.values()] for line in lines]
    assert {line["query-id"] for line in read_lines(folder / "unanswerable.jsonl")} == unanswerable


def test_the_hub_has_the_rows_of_the_entities_once(formats: Path, built: Path) -> None:
    front = yaml.safe_load((formats / "hub" / "README.md").read_text(encoding="utf-8").split("---")[1])
    assert front["license"] == "cc-by-4.0"
    configs = {config["config_name"]: config["data_files"] for config in front["configs"]}
    for table in ENTITY_FILES:
        with (built / "generated" / f"{table.name}.jsonl").open() as file:
            wanted = sum(1 for _ in file)
        paths = [str(formats / "hub" / file["path"]) for file in configs.get(table.name, [])]
        rows = duckdb.sql("select count(*) from read_parquet($p)", params={"p": paths}).fetchall() if paths else [(0,)]
        assert rows == [(wanted,)], table.name


def test_croissant_names_tables_keys_and_references_of_the_datapackage(formats: Path, built: Path) -> None:
    croissant = json.loads((formats / "hub" / "croissant.json").read_text(encoding="utf-8"))
    package = json.loads((built / "generated" / "datapackage.json").read_text(encoding="utf-8"))
    records = {record["@id"]: record for record in croissant["recordSet"]}
    assert set(records) <= {table.name for table in (*ENTITY_FILES, MESSAGES)}
    for resource in (resource for resource in package["resources"] if resource["name"] in records):
        record, schema = records[resource["name"]], resource["schema"]
        assert [field["name"] for field in record["field"]] == [field["name"] for field in schema["fields"]]
        assert record["key"] == {"@id": f"{resource['name']}/{schema['primaryKey'][0]}"}
        references = {field["name"]: field["references"] for field in record["field"] if "references" in field}
        assert {name: value["fileSet"]["@id"] for name, value in references.items()} == {
            key["fields"][0]: f"files-of-{key['reference']['resource']}" for key in schema["foreignKeys"]
        }


def test_flat_is_read_and_written_as_public_agents_do(formats: Path, tmp_path: Path) -> None:
    shutil.copy(formats / "flat.db", tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'flat.db'}", poolclass=NullPool)
    with Session(engine) as session:
        booking = session.scalars(select(flat.Reservation).order_by(flat.Reservation.booking_date.desc())).first()
        assert booking and booking.event_date and booking.booking_date
        assert booking.booking_date.strftime("%B %d, %Y %I:%M %p")
        user = session.get_one(flat.User, booking.user_id)
        assert user.email == booking.user_email and user.subscription_tier in ("basic", "premium")
        article = session.scalars(select(flat.KBArticle).where(flat.KBArticle.is_published == True)).first()  # noqa: E712
        assert article and len(json.loads(article.tags or "")) >= 3
        booking.status = "cancelled"
        ticket = flat.Ticket(ticket_id="CHAT-1", user_id="u_anonymous", subject="Hi", status="off_topic")
        session.add_all([booking, ticket])
        session.commit()


def test_flat_has_the_keys_of_the_wide_entities(formats: Path) -> None:
    with closing(sqlite3.connect(formats / "flat.db")) as connection:
        for table in (table for table in ENTITY_FILES if table.schema == "main"):
            columns = {row[1] for row in connection.execute(f"pragma table_info({table.name})")}
            assert columns == set(table.keys), table.name


# The starter's own columns, in its order.
STARTER = {
    "users": "user_id full_name email is_blocked created_at updated_at",
    "subscriptions": "subscription_id user_id status tier monthly_quota started_at ended_at created_at updated_at",
    "experiences": "experience_id title description location when slots_available is_premium created_at updated_at",
    "reservations": "reservation_id user_id experience_id status created_at updated_at",
}


def test_cultpass_has_the_columns_of_the_starter(formats: Path) -> None:
    with closing(sqlite3.connect(formats / "cultpass.db")) as connection:
        for table, columns in STARTER.items():
            found = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            assert found == columns.split()
            assert not connection.execute(
                f"select * from {table} where created_at is null or updated_at < created_at"
            ).fetchall()
        assert {row[0] for row in connection.execute("select distinct status from reservations")} >= {"reserved"}


def test_cultpass_works_as_agents_of_the_starter_use_it(formats: Path, tmp_path: Path) -> None:
    shutil.copy(formats / "cultpass.db", tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'cultpass.db'}", poolclass=NullPool)
    with Session(engine) as session:
        booking = session.scalars(select(cultpass.Reservation).filter_by(status="reserved")).first()
        assert booking and booking.user.subscription and booking.experience.when > datetime(2026, 1, 1)
        # Nothing but what the starter's tables have is given.
        session.add(cultpass.Reservation(reservation_id="a1b2c3", user_id=booking.user_id,
                                         experience_id=booking.experience_id, status="reserved"))  # fmt: skip
        session.commit()
        assert session.get_one(cultpass.Reservation, "a1b2c3").created_at


def test_the_word_default_adds_to_what_is_written_anyway() -> None:
    usual = read_settings(None, None).choose_kinds(1)
    assert read_settings(["default", "hub"], None).choose_kinds(1) == usual | {"hub"}
    assert "retrieval" in usual and not usual & {"hub", "flat", "cultpass", "chat"}
    assert "default" not in KINDS


def test_the_hub_holds_only_types_that_every_reader_has(formats: Path) -> None:
    for path in (formats / "hub" / "data").rglob("*.parquet"):
        types = {kind for _, kind, *_ in duckdb.sql(f"describe from read_parquet('{path}')").fetchall()}
        assert not {kind for kind in types if kind.startswith(("STRUCT", "MAP", "JSON"))}, path


def test_conversations_are_of_every_solved_ticket_of_the_train_split(formats: Path, built: Path) -> None:
    rows = read_lines(formats / "chat" / "train.jsonl")
    assert all(set(row) == {"messages", "tools", "parallel_tool_calls"} for row in rows)
    pairs = read_lines(formats / "chat" / "preference.jsonl")
    assert all(set(pair) == {"kind", "prompt", "chosen", "rejected", "tools"} for pair in pairs)
    with closing(sqlite3.connect(built / "udahub.db")) as connection:
        query = "select ticket_id from ticket_metadata where status = 'resolved'"
        solved = {ticket_id for (ticket_id,) in connection.execute(query)}
    labels = read_lines(built / "generated" / "ticket_labels.jsonl")
    # The first result is that of read_ticket.
    told = [
        json.loads(next(said["content"] for said in row["messages"] if said["role"] == "tool"))["ticket_id"]
        for row in rows
    ]
    assert told and sorted(told) == sorted(solved & {row["ticket_id"] for row in labels if row["split"] == "train"})


SYSTEM, USER, ANSWER = ({"role": role, "content": "x"} for role in ("system", "user", "assistant"))
CALL = {"role": "assistant", "tool_calls": [{"id": "call_1", "function": {"name": "read_ticket", "arguments": "{}"}}]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": '{"ticket_id": "t_1"}'}


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([SYSTEM, USER, CALL, RESULT, ANSWER], None),
        ([SYSTEM, USER, CALL, RESULT], "to the assistant"),
        ([SYSTEM, USER, CALL, RESULT | {"tool_call_id": "call_2"}, ANSWER], "is followed by"),
        ([SYSTEM, USER, CALL, RESULT, RESULT, ANSWER], "is followed by"),
        ([SYSTEM, USER, CALL, RESULT | {"content": '{"ticket_id": "t_2"}'}, ANSWER], "of the train split"),
        ([SYSTEM, USER, ANSWER], "of the train split"),
    ],
)
def test_what_a_trainer_would_refuse_is_found(messages: list[dict[str, object]], fault: str | None) -> None:
    found = list(find_faults(messages, frozenset({"t_1"})))
    assert found == [] if fault is None else any(fault in one for one in found)
