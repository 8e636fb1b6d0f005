"""Each check of the exported files fails alone on a violation planted in them, and tells where it is."""

from __future__ import annotations

import inspect
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from export.errors import ExportError
from export.journal import JOURNAL
from export.verify import CHECKS, main, verify


def change(file: str, statement: str) -> Callable[[Path], None]:
    """Change a SQLite file as somebody would who opened it."""

    def plant(data_dir: Path) -> None:
        with closing(sqlite3.connect(data_dir / file)) as connection:
            connection.execute(statement)
            connection.commit()

    return plant


def damage(file: str, place: bytes, byte: bytes) -> Callable[[Path], None]:
    """Change one byte of a file."""

    def plant(data_dir: Path) -> None:
        content = (data_dir / file).read_bytes()
        at = content.rindex(place)
        (data_dir / file).write_bytes(content[:at] + byte + content[at + 1 :])

    return plant


def break_rule(data_dir: Path, kind: str = "view") -> None:
    with duckdb.connect(str(data_dir / "warehouse.duckdb")) as connection:
        connection.execute(
            f"create {kind} analytics.users_rules as select 'users' as table_name, 'email_is_unique' as rule,"
            " count(*) - count(distinct user_id) + 1 as violations from main.users"
        )


# Each with the checks that must fail, and nothing else: a key to nothing is a changed row, too.
PLANTS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a file is gone": (lambda data_dir: (data_dir / "udahub.db").unlink(), {"file_is_there"}),
    "a killed build": (lambda data_dir: (data_dir / JOURNAL).touch(), {"no_replacement_is_unfinished"}),
    "a line of JSONL": (damage("generated/users.jsonl", b"Ruiz", b"D"), {"generated_file_is_as_written"}),
    "a value": (change("eventhub.db", "update users set city = 'Oslo'"), {"table_is_as_written"}),
    "a row less": (change("udahub.db", "delete from user_history"), {"table_has_its_rows"}),
    "a row more": (
        change("eventhub.db", "insert into users select 'u_9', full_name, 'x@y', phone, city, 0, created_at, null, null"
               " from users limit 1"),
        {"table_has_its_rows"},
    ),
    "a key to nothing": (
        change("eventhub.db", "update reservations set event_id = 'e_9' where user_id = 'u_00001'"),
        {"foreign_key_points_to_a_row", "table_is_as_written"},
    ),
    "a key across to nothing": (
        change("udahub.db", "update ticket_metadata set reservation_id = 'r_404'"),
        {"reference_across_points_to_a_row", "table_is_as_written"},
    ),
    "a rule of the warehouse": (break_rule, {"rule_holds_in_the_warehouse"}),
    "a rule that Spark counted": (lambda data_dir: break_rule(data_dir, "table"), {"rule_holds_in_the_warehouse"}),
}  # fmt: skip

# Planted in test_formats.py: their formats are not in the tiny world's default files, or need more rows than it has.
CHECKED_ELSEWHERE = {
    "judgement_names_query_and_document", "query_is_judged_or_unanswerable", "descriptor_names_the_bytes",
    "conversation_can_be_learned_from",
}  # fmt: skip


def test_untouched_files_are_as_written(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(exported) == []
    assert main(exported) == 0
    assert "every file is as the build wrote it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "said"), [("view", "every rule holds."), ("table", "every rule held when Spark counted them")]
)
def test_rules_that_are_not_counted_again_are_named_so(
    exported: Path, capsys: pytest.CaptureFixture[str], kind: str, said: str
) -> None:
    with duckdb.connect(str(exported / "warehouse.duckdb")) as connection:
        connection.execute(
            f"create {kind} analytics.users_rules as select '' as table_name, '' as rule, 0 as violations"
        )
    assert main(exported) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("name", PLANTS)
def test_exactly_the_check_meant_fails(exported: Path, name: str) -> None:
    plant, failing = PLANTS[name]
    plant(exported)
    assert {finding.check for finding in verify(exported)} == failing


def test_a_damaged_page_is_found(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage("udahub.db", b"eventhub", b"\0")(exported)
    assert "database_is_sound" in {finding.check for finding in verify(exported)}
    assert main(exported) == 1
    assert "database_is_sound: udahub.db: " in capsys.readouterr().err


def test_without_a_warehouse_the_message_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExportError, match=r"warehouse\.duckdb cannot be read"):
        verify(tmp_path)
    assert main(tmp_path) == 1
    assert capsys.readouterr().err.endswith("Run: dbt build\n")


def test_every_check_has_a_plant() -> None:
    modules = {verify.__module__, *(check.__module__ for check in CHECKS)}
    sources = [inspect.getsource(sys.modules[module]) for module in modules]
    checks = {check for source in sources for check in re.findall(r'Finding\("(\w+)"', source)}
    planted = {check for _, failing in PLANTS.values() for check in failing}
    assert checks - planted - CHECKED_ELSEWHERE == {
        "database_is_sound",
        "warehouse_can_be_read",
    }  # tested by name above


def test_every_check_of_other_formats_has_a_plant() -> None:
    source = (Path(__file__).parent / "test_formats.py").read_text(encoding="utf-8")
    assert all(f'"{name}"' in source for name in CHECKED_ELSEWHERE)
