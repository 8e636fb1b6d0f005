"""The readers themselves open what is exported for them, without a network; `make test-plugs` sets them up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from export.card.baselines import read_measured
from export.exported_table import ExportedTable
from export.run import export_all
from export.settings import read_settings
from tests.paths import REPO_ROOT
from tools.retrieval_baselines import hash_files

pytestmark = pytest.mark.plugs

PYTHON = REPO_ROOT / ".venv-plugs" / "bin" / "python"
READERS = Path(__file__).with_name("readers")


@pytest.fixture(scope="module")
def formats(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The formats that these readers open, of the test volume."""
    data_dir = tmp_path_factory.mktemp("formats") / "data"
    (data_dir / "work").mkdir(parents=True)
    shutil.copy(built / "work" / "warehouse.duckdb", data_dir / "work")
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        export_all(connection.cursor(), data_dir, read_settings(["retrieval", "hub", "chat"], None))
    return data_dir


def read(reader: str, folder: Path, scratch: Path) -> Any:
    """Let a reader open a folder, in its own environment and with no cache of the person who runs it."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(scratch), "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "NUMBA_CACHE_DIR": str(scratch),
    }  # fmt: skip
    command = [str(PYTHON), str(READERS / f"{reader}.py"), str(folder)]
    result = subprocess.run(command, env=environment, cwd=scratch, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_retrieval_opens_in_beir_trec_eval_ranx_bm25s_and_datasets(formats: Path, tmp_path: Path) -> None:
    told = read("retrieval", formats / "retrieval", tmp_path)
    files = {path.stem: path.read_text().splitlines() for path in (formats / "retrieval").rglob("*.jsonl")}
    for split, found in told["beir"].items():
        assert found["judgements"] == len(files[split]) == told["datasets"]["qrels"][split]
    assert told["datasets"]["corpus"] == {"corpus": len(files["corpus"])}
    assert told["datasets"]["queries"] == {"queries": len(files["queries"])}
    assert told["beir"]["train"]["bm25_ndcg10"] > 0.3


def test_mteb_runs_its_own_bm25_on_the_folder(formats: Path, tmp_path: Path) -> None:
    told = read("mteb_task", formats / "retrieval", tmp_path)
    documents = len((formats / "retrieval" / "corpus.jsonl").read_text().splitlines())
    for split, found in told.items():
        lines = (formats / "retrieval" / "qrels" / f"{split}.jsonl").read_text().splitlines()
        judged = [json.loads(line) for line in lines]
        assert (found["documents"], found["judgements"]) == (documents, len(judged))
        assert found["queries"] == len({line["query-id"] for line in judged}) and found["ndcg_at_10"] > 0
    assert told


def test_baselines_are_measured_as_trec_eval_does_and_saved(formats: Path, tmp_path: Path) -> None:
    """By bm25s and by MiniLM, whose package is installed here; the card takes what is saved."""
    command = [str(PYTHON), str(REPO_ROOT / "tools" / "retrieval_baselines.py"), str(formats / "retrieval"), "--save"]
    result = subprocess.run([*command, "--runs", str(tmp_path)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["ranker"] for row in rows} == {"bm25s", "MiniLM"} and all(0 < row["ndcg_at_10"] <= 1 for row in rows)
    hashes = hash_files(formats / "retrieval").items()
    files = [
        ExportedTable(file_name=name, table_name="", row_count=1, content_hash=value, byte_count=1)
        for name, value in hashes
    ]
    saved = read_measured(formats, files)
    assert [row["ndcg_at_10"] for row in saved] == [row["ndcg_at_10"] for row in rows]
    by_trec_eval = read("trec", formats / "retrieval", tmp_path)
    for row in rows:
        assert by_trec_eval[row["ranker"]][row["split"]] == pytest.approx(
            [row["ndcg_at_10"], row["success_at_1"]], abs=1e-4
        )


def test_hub_opens_in_datasets_and_croissant(formats: Path, tmp_path: Path) -> None:
    told = read("hub", formats / "hub", tmp_path)
    assert told["errors"] == []
    assert {name: sum(splits.values()) for name, splits in told["configs"].items()} == told["records"]
    assert told["configs"]["users"] == {"train": 100} and sum(told["configs"]["tickets"].values()) == 40
    assert told["default"] == told["configs"]["tickets"]["train"]
    assert "facts" in told["columns"]["ticket_labels"]


def test_croissant_is_valid(formats: Path, tmp_path: Path) -> None:
    command = [str(PYTHON.with_name("mlcroissant")), "validate", "--jsonld", str(formats / "hub" / "croissant.json")]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "error" not in result.stderr.lower()


def test_conversations_load_in_datasets_and_lose_nothing(formats: Path, tmp_path: Path) -> None:
    told = read("chat", formats / "chat", tmp_path)
    for name, found in told.items():
        lines = (formats / "chat" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert found == {"rows": len(lines), "equal": len(lines)} and lines, name
