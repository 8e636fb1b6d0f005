"""How much of what a model writes is refused: stated before its first reply, learned from those that landed."""

from __future__ import annotations

from extract.entities import get_entity
from extract.landing.store import EntityLanding
from extract.replies.parse import WHOLE

# So many records stand behind a stated share: a few replies outweigh it.
STATED_WEIGHT = 100
# Where next to nothing is accepted, a plan says that it takes long, and not that it takes forever.
MOST_SHARE = 0.95


def learn_refused_share(landing: EntityLanding, model: str) -> float:
    """Learn what share of the records asked for was not accepted, from the whole replies that a model has given."""
    replies = {reply.reply_id for reply in landing.replies if reply.model == model and reply.stop_reason in WHOLE}
    asked = sum(len(reply.items) for reply in landing.replies if reply.reply_id in replies)
    accepted = sum(line["reply_id"] in replies for line in landing.records.values())
    stated = get_entity(landing.entity).refused_share * STATED_WEIGHT
    return min((stated + max(asked - accepted, 0)) / (STATED_WEIGHT + asked), MOST_SHARE)
