"""Compares predictions with the answer key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from examples.actions import is_same
from examples.facts import states
from examples.labels import Label
from examples.prediction import Prediction


@dataclass(frozen=True)
class Score:
    """Shares between 0 and 1; None where nothing is there to be measured.

    Attributes:
        split: the tickets of this split.
        tickets: how many.
        answered: with a prediction; the others count as wrong.
        top_1: the first article is the expected one, of tickets that have one.
        top_3: the expected article is among the first three.
        action: the right action.
        arguments: the right action with the right arguments, of tickets that are not to be escalated.
        escalate_precision: of those handed over, how many had to be.
        escalate_recall: of those that had to be, how many were.
        facts: facts of the key that the reply states, of tickets that are not to be escalated.
        words: mean length of a reply, since a long one states more.
    """

    split: str
    tickets: int
    answered: float | None
    top_1: float | None
    top_3: float | None
    action: float | None
    arguments: float | None
    escalate_precision: float | None
    escalate_recall: float | None
    facts: float | None
    words: float | None


def score(split: str, labels: Sequence[Label], predictions: Mapping[str, Prediction]) -> Score:
    """Score the tickets of a split."""
    pairs = [(label, predictions.get(label.ticket_id, NOTHING)) for label in labels if label.split == split]
    with_article = [(label, made) for label, made in pairs if label.expected_article_id]
    calm = [(label, made) for label, made in pairs if not label.should_escalate]
    handed_over = [label.should_escalate for label, made in pairs if made.action == "escalate"]
    return Score(
        split=split,
        tickets=len(pairs),
        answered=_mean([made is not NOTHING for _, made in pairs]),
        top_1=_mean([label.expected_article_id in made.article_ids[:1] for label, made in with_article]),
        top_3=_mean([label.expected_article_id in made.article_ids[:3] for label, made in with_article]),
        action=_mean([label.action == made.action for label, made in pairs]),
        arguments=_mean([_does_the_same(label, made) for label, made in calm]),
        escalate_precision=_mean(handed_over),
        escalate_recall=_mean([made.action == "escalate" for label, made in pairs if label.should_escalate]),
        facts=_mean([states(value, made.reply, name) for label, made in calm for name, value in label.facts.items()]),
        words=_mean([len(made.reply.split()) for _, made in pairs if made is not NOTHING]),
    )


def format_scores(scores: Sequence[Score]) -> str:
    """Print a column a split."""
    rows = [("", *(score.split for score in scores)), ("tickets", *(f"{score.tickets:,}" for score in scores))]
    for name in list(Score.__dataclass_fields__)[2:]:
        rows.append((name.replace("_", " "), *(_format(name, getattr(score, name)) for score in scores)))
    return "".join(f"{first:<20}" + "".join(f"{cell:>9}" for cell in rest) + "\n" for first, *rest in rows)


NOTHING = Prediction(ticket_id="", article_ids=[], action="")


def _does_the_same(label: Label, made: Prediction) -> bool:
    return label.action == made.action and is_same(label.action, label.action_arguments, made.action_arguments)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _format(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name == "words" else f"{100 * value:.1f} %"
