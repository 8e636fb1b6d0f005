"""One complete record of each entity, of a kind that is never asked for: it shows a small model the form.

A model may give it back as if it were an answer; what has its words is refused (`extract.replies.validate`).
"""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, Mapping[str, object]] = {
    "users": {"n": 1, "about": "Icelandic", "full_name": "Hrafnhildur Eldjarn"},
    "venues": {
        "n": 1,
        "about": "planetarium, Reykjavik",
        "name": "The Lava Dome Planetarium",
        "address": "4 Skolavordustigur Lane",
    },
    "events": {
        "n": 1,
        "about": "puffin watching, nature",
        "title": "Puffins Before Breakfast",
        "description": "A small boat goes round the bird cliffs while the puffins leave for the sea. Guests get a "
        "blanket, cocoa and somebody who can tell one bird from another.",
    },
    "kb_articles": {
        "n": 1,
        "about": "lost umbrellas",
        "title": "What happens to an umbrella left behind",
        "tags": ["umbrella", "lost property", "cloakroom"],
        "content": "Umbrellas that are found after an event are kept at the cloakroom of the venue, each with a label "
        "that says under which seat it lay.\n\n"
        "Describe yours to the cloakroom: its color, its handle, and whatever hangs on it. A picture helps more than "
        "a long letter.\n\n"
        "What nobody asks for goes to a charity that mends umbrellas and lends them to people at rainy bus stops.",
    },
    "tickets": {
        "n": 1,
        "about": "umbrella left behind",
        "subject": "Umbrella under my seat",
        "description": "I left a striped umbrella under my seat and only noticed on the train home. Does anybody "
        "at the venue keep such things?",
        "question": "What does the umbrella look like?",
        "follow_up": "It is green and white with a wooden handle, and my grandmother gave it to me.",
        "pushback": "That says nothing of lost things. Please let a person ask the cloakroom for me.",
        "thanks": "They have found it, handle and all. Thank you for asking around!",
    },
}
