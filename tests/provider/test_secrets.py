"""No key, account id, signed link or path of this machine is in anything that a run leaves or prints."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.provider.hostile import ACCOUNT, SECRETS, SIGNATURE, CameOut, read_everything

# RFC 2606: mail to these reaches nobody.
RESERVED_MAIL = re.compile(r"[a-z0-9._+-]+@(?:mail\.)?example\.(?:com|org|net)")
# The North American range for fiction.
FICTIONAL_PHONE = re.compile(r"\+1 \(\d{3}\) 555-01\d\d")
PUBLISHED = ("eventhub.db", "udahub.db", "warehouse.duckdb", "generated/", "raw/", "data_card.html", "metadata.json")


def test_no_secret_reaches_a_file_or_the_screen(hostile: CameOut) -> None:
    texts = {"printed": hostile.printed, "built": hostile.built, **read_everything(hostile.data_dir)}
    failures = [text for name, text in texts.items() if name.startswith("raw/failures/")]

    assert len(texts) > 30 and {"work/warehouse.duckdb", "work/logs/dbt.log"} <= set(texts)
    assert "<secret> <secret>, https://bucket.s3.amazonaws.com/key?<signed>" in "".join(failures)
    for secret in (*SECRETS.values(), ACCOUNT, SIGNATURE):
        assert [name for name, text in texts.items() if secret in text] == []


def test_the_account_is_masked_where_the_model_is_named(hostile: CameOut) -> None:
    texts = read_everything(hostile.data_dir)

    masked = "arn:aws:bedrock:us-east-1:************:inference-profile/us.amazon.nova-lite-v1:0"
    assert masked in texts["raw/users.parquet"] and masked in texts["warehouse.duckdb"]
    assert masked in hostile.printed


def test_no_published_file_names_a_path_of_this_machine(hostile: CameOut) -> None:
    places = (str(hostile.data_dir), str(Path.home()), os.getcwd())
    found = [
        (name, place)
        for name, text in read_everything(hostile.data_dir).items()
        for place in places
        if name.startswith(PUBLISHED) and place + "/" in text
    ]

    assert found == []


def test_files_have_the_permissions_that_the_umask_leaves(hostile: CameOut) -> None:
    umask = os.umask(0)
    os.umask(umask)
    modes = {
        str(path.relative_to(hostile.data_dir)): path.stat().st_mode & 0o777
        for path in hostile.data_dir.rglob("*")
        if path.is_file() and not path.name.startswith(".lock")
    }

    assert {name: oct(mode) for name, mode in modes.items() if mode != 0o666 & ~umask} == {}


def test_mail_and_phones_reach_nobody(hostile: CameOut) -> None:
    with closing(sqlite3.connect(hostile.data_dir / "eventhub.db")) as connection:
        people = connection.execute("select email, phone from users").fetchall()

    assert len(people) == 100 and all(RESERVED_MAIL.fullmatch(email) for email, _ in people)
    american = [phone for _, phone in people if phone.startswith("+1")]
    assert american and all(FICTIONAL_PHONE.fullmatch(phone) for phone in american)
