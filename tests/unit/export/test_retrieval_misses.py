"""A ranking's misses are laid out for readers: what the key takes is none."""

from __future__ import annotations

import json
from pathlib import Path

from tools.retrieval_misses import Row, main, read_rows


def test_what_the_key_takes_is_no_miss(built: Path, tmp_path: Path) -> None:
    labels = [row for row in read_rows(built, "ticket_labels", "ticket_id").values() if row["expected_article_id"]]
    right, accepted = labels[0], next(row for row in labels if row["also_accepted"])
    wrong = next(row for row in labels if row["split"] == "train" and row not in (right, accepted))
    other = next(name for name in read_rows(built, "kb_articles", "article_id") if name not in find_right(wrong))
    firsts = {right["ticket_id"]: right["expected_article_id"], accepted["ticket_id"]: accepted["also_accepted"][0]}
    firsts[wrong["ticket_id"]] = other
    run = tmp_path / "x.trec"
    run.write_text("".join(f"{query} Q0 {name} 1 10 x\n{query} Q0 none 2 9 x\n" for query, name in firsts.items()))
    assert main([str(built), str(run), str(tmp_path / "misses.jsonl"), "--split", "train"]) == 0
    (miss,) = map(json.loads, (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines())
    assert (miss["ticket_id"], miss["found_article"]["article_id"]) == (wrong["ticket_id"], other)
    assert main([str(built), str(tmp_path / "none.trec"), str(run)]) == 2


def find_right(label: Row) -> list[str]:
    return [label["expected_article_id"], *label["also_accepted"]]
