"""What every step of a run reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.landing.manifest import Manifest
from extract.landing.store import EntityLanding
from extract.planning.seeds import Seeds
from extract.pull.request import PullTarget
from extract.settings import Settings


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What is to be reached, from what, and what has landed.

    Attributes:
        settings: paths, model and limits.
        seeds: the seed files.
        manifest: what the landing remembers; None where nothing was pulled yet.
        target: what the run is to reach.
        landings: what has landed, by entity.
    """

    settings: Settings
    seeds: Seeds
    manifest: Manifest | None
    target: PullTarget
    landings: Mapping[str, EntityLanding]

    @property
    def pulled(self) -> tuple[EntityLanding, ...]:
        """The landings of the entities that this run pulls, in dependency order."""
        return tuple(self.landings[entity] for entity in self.target.pulled)
