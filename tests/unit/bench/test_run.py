"""What is measured for which words, and what a line says of it."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest

from bench import exam, large, make_run, results, run, spark, whole_build
from bench.process import Watched
from bench.results import Line, compare, keep

GIB = 2**30


def test_each_kind_can_be_measured_alone_and_has_a_place_in_one_of_the_recipes() -> None:
    measures = run.list_measures([], run.print_lines, is_large=False)
    assert set(measures) == {*run.KINDS, *run.LARGE_KINDS}
    assert run.read_options([]).only == list(run.KINDS)
    assert run.read_options(["--large"]).only == list(run.LARGE_KINDS)
    assert run.read_options(["--large", "--only", "growth"]).only == ["growth"]


def test_growth_needs_two_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.read_options(["--only", "growth", "--sizes", "500000"])
    assert "two sizes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sizes", "is_large", "kind", "wanted"),
    [
        ([], False, "bookings", [500_000, 5_000_000]),
        ([], True, "bookings", [5_000_000, 50_000_000]),
        ([300_000], True, "bookings", [300_000]),
        ([], False, "whole", [5_000_000]),
        ([300_000], False, "whole", [300_000]),
        ([], True, "growth", [5_000_000, 50_000_000]),
        ([600_000, 300_000], True, "growth", [300_000, 600_000]),
        ([], True, "largest", [100_000_000]),
        ([300_000], True, "largest", [300_000]),
    ],
)
def test_sizes_are_those_of_the_kind_or_those_asked_for(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], is_large: bool, kind: str, wanted: list[int]
) -> None:
    measured: list[int] = []

    def note(*found: int) -> list[Line]:
        measured.extend(found)
        return []

    def note_bookings(size: int, base_cost: float | None) -> tuple[list[Line], float]:
        measured.append(size)
        return [], 1.0

    monkeypatch.setattr(run.bookings, "measure", note_bookings)
    monkeypatch.setattr(whole_build, "measure", note)
    monkeypatch.setattr(whole_build, "measure_growth", note)
    monkeypatch.setattr(large, "measure", note)
    run.list_measures(sizes, lambda lines: None, is_large=is_large)[kind]()
    assert measured == wanted


def test_without_spark_one_line_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(spark, "VENV", Path("/nowhere/.venv-spark"))
    run.list_measures([], run.print_lines, is_large=False)["spark"]()
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_whole_build_is_compared_by_the_clock_and_by_processors() -> None:
    everything, models = Watched(90.0, 160.0, 4_500_000_000, 0), Watched(40.0, 50.0, 2 * GIB, 0)
    clock, cpu, memory = whole_build.compare_with_models(5_000_000, everything, models, "export 20.0 s")
    assert (clock.got, clock.met, cpu.got, cpu.met) == ("2.25", True, "3.20", False)
    assert (memory.got, memory.met) == ("4.50", True)
    assert "90.0 s (160.0 s of CPU) against 40.0 s (50.0 s of CPU)" in clock.figures
    assert whole_build.compare_with_models(300_000, everything, models, "")[0].met is None


def test_growth_is_time_a_booking() -> None:
    lines = whole_build.compare_growth(5_000_000, Watched(100, 160, GIB, 0), 50_000_000, Watched(1080, 1800, GIB, 0))
    assert [(line.got, line.met) for line in lines] == [("1.08", True), ("1.12", False)]


def test_fewer_tasks_may_take_fewer_seconds() -> None:
    assert exam.judge_agent(Watched(50, 50, GIB, 0), "full", 1000).met
    assert exam.judge_agent(Watched(4, 4, GIB, 0), "test", 40).asked == "at most 2.4"


def test_a_clone_knows_nothing_of_who_measures(tmp_path: Path) -> None:
    mine = {"PATH": "/bin", "EVENTHUB_DATA_DIR": "/mine", "MAKEFLAGS": "-j2", "MAKELEVEL": "1", "VIRTUAL_ENV": "/mine"}
    kept = make_run.clean_environment({**mine, "DBT_TARGET_PATH": "/mine", "UV_INDEX_URL": "https://example"}, tmp_path)
    caches = {"UV_CACHE_DIR": str(tmp_path / "uv"), "PIP_CACHE_DIR": str(tmp_path / "pip")}
    assert kept == {"PATH": "/bin", "UV_INDEX_URL": "https://example", **caches}


def read_fields(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


SEEDS = Path(make_run.REPO_ROOT) / "dbt_project" / "seeds"


@pytest.mark.parametrize("changes", [make_run.SOLD_OUT, make_run.FURTHER_EAST])
def test_a_changed_file_differs_in_the_fields_that_were_meant(tmp_path: Path, changes: make_run.Changes) -> None:
    path = tmp_path / "shares.csv"
    path.write_bytes((SEEDS / "shares.csv").read_bytes())
    before = read_fields(path)
    make_run.change(path, make_run.SHARE, changes)
    after = read_fields(path)
    assert len(after) == len(before)
    pairs = [pair for old, new in zip(before, after, strict=True) for pair in zip(old, new, strict=True)]
    assert sum(one != other for one, other in pairs) == 2


def test_back_to_shares_that_stood_before(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_bytes((SEEDS / "shares.csv").read_bytes())
    before = read_fields(path)
    make_run.change(path, make_run.SHARE, make_run.SOLD_OUT)
    make_run.change(path, make_run.SHARE, make_run.ACTIVE_AGAIN)
    assert read_fields(path) == before


def test_a_kind_that_fails_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(size: int) -> list[Line]:
        raise subprocess.CalledProcessError(1, ["dbt", "build"])

    monkeypatch.setattr(whole_build, "measure", fail)
    monkeypatch.setattr(run.exam, "measure", lambda: [compare("resets", "at most 20", 3, "figures")])
    monkeypatch.setattr(run.sys, "argv", ["run", "--trial", "--only", "whole", "exam"])
    assert run.main() == 1
    told = capsys.readouterr()
    assert "Not measured, whole" in told.err
    assert "resets: 3.00 (at most 20: met)" in told.out


def test_a_line_takes_the_place_of_the_one_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(results, "PAGE", tmp_path / "benchmarks.md")
    keep([compare("one", "at most 3", 4, "a"), compare("two", "", 1, "b")])
    keep([compare("one", "at most 3", 2, "c")])
    kept = json.loads((tmp_path / "results.json").read_text())
    assert [(line["name"], line["got"], line["met"]) for line in kept] == [("one", "2.00", True), ("two", "1.00", None)]
    assert "| one | at most 3 | 2.00 | yes | c |" in (tmp_path / "benchmarks.md").read_text()
