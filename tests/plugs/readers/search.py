"""Search by embeddings with the model itself: found in other words, twice the same, and the scores on train and dev."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from agentic.environment import Environment  # noqa: E402
from agentic.searches import choose_encoder  # noqa: E402


def read_titles(environment: Environment, question: str) -> list[str]:
    """Return the titles of what a search finds in the first ticket."""
    desk = environment.reset(next(iter(environment.tasks)))
    return [found["title"] for found in desk.search_knowledge(question, 3)]


def main(data_dir: Path, question: str) -> None:
    """Print what was found, as JSON on the last line."""
    searching = [Environment(data_dir, encoder=choose_encoder("embeddings")) for _ in range(2)]
    command = [
        sys.executable,
        str(ROOT / "tools" / "search_scores.py"),
        str(data_dir),
        "--split",
        "train",
        "--split",
        "dev",
    ]
    scores = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = {
        "full_text": read_titles(Environment(data_dir), question),
        "fused": [read_titles(environment, question) for environment in searching],
        "scores": [json.loads(line) for line in scores.splitlines()],
        "torch": "torch" in sys.modules,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
