"""Fills prompts.md with real prompts, as the code makes them: `python -m docs.prompts`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from extract.entities import get_entity
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanContext
from extract.planning.seeds import Seeds
from extract.prompts.build import Prompt, build_prompt
from extract.prompts.structure import Structure
from extract.pull.jobs import count_kinds
from extract.settings import Settings

PAGE = Path(__file__).with_name("prompts.md")
SEED = 42
# As few items as show what a prompt is made of; a real call asks for more (batch_sizes.csv).
ITEMS = 3
# What stands for names that have landed before, and for a refusal.
EXISTING = {
    "users": ("Priya Raman", "Colm Doherty"),
    "venues": ("The Lantern Room", "Foundry Hall"),
    "events": ("Night Ferry to Alameda", "Songs for a Slow Elevator"),
    "kb_articles": ("How refunds work", "When doors open"),
    "tickets": ("cancel my booking", "money back?"),
}
REASONS = {"tickets": {2: "description: a number outside a slot: '2'"}}
# A prompt on the page, or a part of one: whose, in which form, and what of it.
SHOWN = re.compile(r"(<!-- (\w+), (\w+): (text|system|schema) -->\n).*?(<!-- end -->)", re.S)


def fill(page: str) -> str:
    """Fill the page with what the code makes now."""
    return SHOWN.sub(lambda found: f"{found[1]}{_show(found[2], Structure(found[3]), found[4])}{found[5]}", page)


def _show(entity: str, structure: Structure, part: str) -> str:
    prompt = make_prompt(entity, structure)
    if part == "schema":
        return f"```json\n{json.dumps(prompt.schema, indent=1)}\n```\n"
    return f"```text\n{prompt.text if part == 'text' else prompt.system}\n```\n"


def make_prompt(entity: str, structure: Structure) -> Prompt:
    """Make the prompt of an entity's first items."""
    settings = Settings()
    seeds = Seeds(settings.seeds_dir)
    context = PlanContext(
        seeds=seeds, seed=SEED, home_city_share=settings.home_city_share, kinds=lambda: count_kinds(settings)
    )
    request = BatchRequest(
        entity=entity,
        items=get_entity(entity).plan(ITEMS, context).pick(range(1, ITEMS + 1)),
        seed=SEED,
        attempt=1,
        existing_labels=EXISTING.get(entity, ()),
        reasons=REASONS.get(entity, {}),
    )
    return build_prompt(request, seeds, settings.avoid_limit, structure)


if __name__ == "__main__":
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
