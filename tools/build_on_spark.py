"""Builds on Spark, in a folder of its own, and proves it: `make spark`.

    python tools/build_on_spark.py [--vars '{seed: 7}'] [--unit-tests]

Everything that can be wrong with what is asked for is looked at before Spark starts: one line, exit code 2.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from common.atomic_write import flush, write_atomically  # noqa: E402
from common.folder_lock import FolderLock, FolderLocked  # noqa: E402
from export.dbt_plugins.variables import check_environment, check_vars  # noqa: E402
from export.errors import ExportError  # noqa: E402
from export.spark_warehouse import CURRENT, find_build, list_tables, open_build  # noqa: E402
from export.summary import read_checks  # noqa: E402
from extract.errors import ExtractError  # noqa: E402
from extract.landing.check import check_landing, read_state  # noqa: E402
from extract.paths import SEEDS_DIR, find_data_dir, find_folder  # noqa: E402
from extract.planning.seed_files import read_columns, write_seed_file  # noqa: E402
from extract.planning.seeds import read_all  # noqa: E402

VENV = ROOT / ".venv-spark"
JAVA_FLOOR, SPARK_FLOOR = 17, (4, 0)
WAREHOUSE_VARIABLE = "EVENTHUB_SPARK_WAREHOUSE"
# Not build-*, which dbt itself makes without this tool, and which is its owner's.
PREFIX = "run-"
# A line of the plan that Spark prints below an error.
PLAN_LINE = re.compile(r"\s*(?:[:+|'][\s:+|-]*)?(?:[+:]- |'?[A-Z]\w+ \[|'[A-Z]\w+)")


class CannotStart(Exception):
    """What is asked for cannot be built; the message says why, and what to do."""


def read_vars(stated: str) -> dict[str, Any]:
    """Read the vars of dbt_project.yml and those stated over them, and check them.

    Raises:
        CannotStart: --vars is no YAML of names and values.
        ExportError: a var cannot be meant.
    """
    try:
        given = yaml.safe_load(stated) or {}
    except yaml.YAMLError:
        given = None
    if not isinstance(given, dict):
        raise CannotStart(f"--vars must be YAML such as '{{seed: 7}}'. Got {stated!r:.60}")
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    both = {**project["vars"], **given}
    check_vars(both)
    return both


def require_java(environment: Mapping[str, str]) -> None:
    """Make sure of a Java that Spark runs on.

    Raises:
        CannotStart: there is none, or one that is too old.
    """
    wanted = f"Install Java {JAVA_FLOOR} or newer ({JAVA_FLOOR} is tested), or name one with JAVA_HOME"
    home = environment.get("JAVA_HOME", "")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java", path=environment.get("PATH"))
    if not java:
        raise CannotStart(f"Spark needs Java, and there is none. {wanted}")
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError as error:
        raise CannotStart(f"{java} cannot be run: {error.strerror}. {wanted}") from error
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if not found:
        raise CannotStart(f"{java} does not say its version. {wanted}")
    if int(found[1]) < JAVA_FLOOR:
        raise CannotStart(f"{java} is Java {found[1]}. {wanted}")


def require_spark(environment: Mapping[str, str], venv: Path) -> None:
    """Make sure of dbt and of a Spark that knows the SQL of the models.

    Raises:
        CannotStart: one is missing, or Spark is too old.
    """
    if not (venv / "bin" / "dbt").is_file():
        raise CannotStart(f"{venv.name} has no dbt. Run: make spark")
    home = environment.get("SPARK_HOME", "")
    homes = [Path(home)] if home else list(venv.glob("lib/python*/site-packages/pyspark"))
    jars = [jar for folder in homes for jar in folder.glob("jars/spark-core_*.jar")]
    found = re.search(r"spark-core_[\d.]+-(\d+)\.(\d+)", jars[0].name) if jars else None
    floor = ".".join(map(str, SPARK_FLOOR))
    if not found:
        place = f"SPARK_HOME={home}" if home else venv.name
        raise CannotStart(f"{place} holds no Spark. Take one from {floor} on, or unset SPARK_HOME and run: make spark")
    if (int(found[1]), int(found[2])) < SPARK_FLOOR:
        raise CannotStart(
            f"Spark {found[1]}.{found[2]} is too old for the models, which need {floor}."
            " Unset SPARK_HOME to take that of the lock"
        )


def find_warehouse(data_dir: Path, environment: Mapping[str, str]) -> Path:
    """Return the folder of all builds.

    Raises:
        CannotStart: it is an address.
    """
    stated = environment.get(WAREHOUSE_VARIABLE, "")
    if "://" in stated:
        raise CannotStart(
            f"{WAREHOUSE_VARIABLE}={stated} is no folder of this machine, which this command writes to."
            " For a cluster: dbt build --target spark (docs/spark.md)"
        )
    return Path(stated or data_dir / "spark").expanduser().absolute()


def require_landing(data_dir: Path) -> None:
    """Pull the bundled content at the test volume where nothing has landed; else make sure that all is whole.

    Raises:
        CannotStart: something is wrong with what has landed.
    """
    raw_dir = data_dir / "raw"
    if not any(raw_dir.glob("*.parquet")) and not (raw_dir / "manifest.json").exists():
        print(f"Nothing has landed in {raw_dir}: pulling the bundled content at the test volume ...", flush=True)
        subprocess.run([sys.executable, str(ROOT / "extract" / "run.py"), "--test"], check=True)
    if problem := check_landing(raw_dir):
        raise CannotStart(problem)


def write_project(folder: Path) -> None:
    """Write the project as dbt is to read it: with the seeds as they were checked, which a spreadsheet may have saved.

    Raises:
        ExtractError: a seed cannot be meant.
    """
    seeds = read_all(find_folder("EVENTHUB_SEEDS_DIR", SEEDS_DIR))
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "dbt_project" / "seeds").mkdir(parents=True)
    for name, rows in seeds.items():
        write_seed_file(folder / "dbt_project" / "seeds" / f"{name}.csv", read_columns()[name], rows)
    for path in SEEDS_DIR.glob("*.yml"):
        shutil.copy(path, folder / "dbt_project" / "seeds")
    for path in (ROOT / "dbt_project").iterdir():
        if path.name != "seeds":
            (folder / "dbt_project" / path.name).symlink_to(path)
    shutil.copy(ROOT / "dbt_project.yml", folder)


@contextmanager
def locked(warehouse: Path) -> Iterator[None]:
    """Hold the folder of all builds, so that none of them is removed under another.

    Raises:
        CannotStart: another build holds it, or it cannot be written.
    """
    lock = FolderLock(warehouse)
    try:
        lock.acquire()
    except FolderLocked as error:
        raise CannotStart(
            f"{warehouse} is in use by {error.name_holder('build')}. Wait until it has ended, or set "
            f"{WAREHOUSE_VARIABLE}"
        ) from error
    except OSError as error:
        raise CannotStart(f"{error.filename or warehouse} cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


def remove_runs(warehouse: Path, *, but: str) -> None:
    """Remove what killed and superseded runs have left."""
    for path in warehouse.glob(f"{PREFIX}*"):
        if path.name != but:
            shutil.rmtree(path, ignore_errors=True)


def read_current(warehouse: Path) -> str:
    """Return the name of the last build that has ended well, or nothing."""
    try:
        return (warehouse / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def run_dbt(data_dir: Path, warehouse: Path, name: str, project: Path, stated: str, *, unit_tests: bool) -> int:
    """Run one `dbt build`, and show what it says, without Spark's plans."""
    work = data_dir / "work" / "spark"
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        WAREHOUSE_VARIABLE: str(warehouse),
        "EVENTHUB_SPARK_BUILD": name,
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    command = [str(VENV / "bin" / "python"), str(VENV / "bin" / "dbt"), "build", "--target", "spark", "--quiet"]
    command += ["--project-dir", str(project), "--profiles-dir", str(ROOT), "--vars", stated]
    if not unit_tests:
        command += ["--exclude-resource-type", "unit_test"]
    with (work / "spark.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout
        for line in process.stdout:
            if not PLAN_LINE.match(line):
                sys.stdout.write(line)
                sys.stdout.flush()
        return process.wait()


def describe_build(build: Path) -> list[str]:
    """Say where the tables are, and what holds in them."""
    tables = list_tables(build)
    with open_build(build, {}) as connection:
        checks = read_checks(connection)
    return [
        f"built   {len(tables) - 1} tables on Spark, as of {checks.as_of}",
        f"where   {build}/<schema>.db/<table>/*.parquet",
        f"checks  {checks}",
        f"next    python -m export --from {build.parent} makes the SQLite files and all others; docs/spark.md",
    ]


def build(stated: str, *, unit_tests: bool) -> int:
    """Build, and name the build once it has ended well.

    Raises:
        CannotStart: nothing can be built of what is asked for.
        ExportError, ExtractError: a var, a variable or a seed cannot be meant.
    """
    data_dir = find_data_dir().absolute()
    read_vars(stated)
    check_environment(os.environ)
    require_java(os.environ)
    require_spark(os.environ, VENV)
    warehouse = find_warehouse(data_dir, os.environ)
    require_landing(data_dir)
    with locked(warehouse):
        project = data_dir / "work" / "spark" / "project"
        write_project(project)
        state = read_state(data_dir / "raw")
        remove_runs(warehouse, but=read_current(warehouse))
        name = f"{PREFIX}{os.getpid()}"
        while (warehouse / name).exists():
            name += "-1"
        print(f"Building on Spark in {warehouse / name} ...", flush=True)
        code = run_dbt(data_dir, warehouse, name, project, stated, unit_tests=unit_tests)
        if code == 0 and read_state(data_dir / "raw") != state:
            print(f"A pull has changed {data_dir / 'raw'} during this build. Build again", file=sys.stderr)
            code = 1
        if code:
            shutil.rmtree(warehouse / name, ignore_errors=True)
            log = data_dir / "work" / "spark" / "spark.log"
            print(
                f"The build failed for the reason above; the build before stays. Spark's own words: {log}",
                file=sys.stderr,
            )
            return 1
        find_build(warehouse / name)
        write_atomically(warehouse / CURRENT, f"{name}\n".encode())
        flush(warehouse)
        remove_runs(warehouse, but=name)
        print("\n".join(describe_build(warehouse / name)))
    return 0


def main(words: list[str]) -> int:
    """Build; return 0, 1 if the build failed, or 2 if it could not start."""
    parser = argparse.ArgumentParser(prog="tools/build_on_spark.py", description="Build on Spark and prove it.")
    parser.add_argument("--vars", default="{}", help="as dbt has them, such as '{seed: 7}'")
    parser.add_argument("--unit-tests", action="store_true", help="run dbt's unit tests, too")
    asked = parser.parse_args(words)
    try:
        return build(asked.vars, unit_tests=asked.unit_tests)
    except (CannotStart, ExportError, ExtractError, subprocess.CalledProcessError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
