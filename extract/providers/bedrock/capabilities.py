"""What a model takes: what the catalog says, corrected by what the service refuses."""

from __future__ import annotations

import re

from extract.planning.seeds import Model
from extract.prompts.structure import Structure, list_structures
from extract.providers.bedrock.families import FAMILIES

_NO_CONVERSE = re.compile(
    r"action doesn.t support the model"
    r"|(?:converse|this (?:api|operation|action))\b.*\b(?:not supported|unsupported|n.t support|not support)"
    r"|(?:not supported|unsupported|n.t support|not support)\b.*\bconverse"
    r"|use the invokemodel",
    re.I,
)
_NO_TOOLS = re.compile(r"tool.?(?:use|config|choice|spec|call)|\btools?\b|function.?call|input.?schema", re.I)
_NO_JSON_SCHEMA = re.compile(
    r"output.?config|output.?format|text.?format|response.?format|json.?schema|structured output|grammar", re.I
)
_NO_SYSTEM = re.compile(r"system (?:message|prompt|role|content)s?", re.I)
_BOTH_SAMPLING = re.compile(r"temperature.{1,20}top_?p.{1,20}both", re.I)
_NO_TOP_P = re.compile(r"top_?p\b", re.I)
_NO_TEMPERATURE = re.compile(r"temperature", re.I)
_TOO_MANY_TOKENS = re.compile(
    r"(?:max_?(?:gen_?len|_?new_?tokens|_?tokens?(?:_?count)?|_?output)|maximum tokens?|output tokens?)", re.I
)
_LIMIT = re.compile(
    r"(?:limit of|less (?:than )?or equal to|at most|up to|maximum of|maximum is|>|<=)\s*([\d,]+)", re.I
)


class Capabilities:
    """What to send to one model. Each refusal takes something away, so it settles after a few calls."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.uses_converse = True
        self._structures = list(list_structures(model))
        self.takes_system = model.takes_system
        self.takes_temperature = model.takes_temperature
        self.takes_top_p = model.takes_top_p
        self.max_tokens = model.max_output_tokens

    @property
    def structure(self) -> Structure:
        """How it is held to the form of an answer, by Converse or by its family's own body."""
        family = FAMILIES.get(self.model.family)
        known = tuple(Structure) if self.uses_converse or family is None else family.structures
        return next(structure for structure in self._structures if structure in (*known, Structure.PLAIN))

    def learn(self, message: str) -> bool:
        """Read a refusal; tell whether another way of asking is left to try."""
        if self.model.takes_tools and _NO_TOOLS.search(message):
            return self._drop_structure(Structure.TOOL)
        if self.model.takes_json_schema and _NO_JSON_SCHEMA.search(message):
            return self._drop_structure(Structure.JSON_SCHEMA)
        if _NO_CONVERSE.search(message):
            return self._drop("uses_converse")
        if _NO_SYSTEM.search(message):
            return self._drop("takes_system")
        if _TOO_MANY_TOKENS.search(message):
            return self._lower_limit(message)
        if _BOTH_SAMPLING.search(message) or _NO_TOP_P.search(message):
            return self._drop("takes_top_p")
        if _NO_TEMPERATURE.search(message):
            return self._drop("takes_temperature")
        return False

    def _drop(self, name: str) -> bool:
        # True also for a thread that was refused while another one had just learned the same.
        setattr(self, name, False)
        return True

    def _drop_structure(self, structure: Structure) -> bool:
        self._structures = [kept for kept in self._structures if kept is not structure]
        return True

    def _lower_limit(self, message: str) -> bool:
        found = _LIMIT.search(message)
        limit = int(found[1].replace(",", "")) if found else self.max_tokens // 2
        self.max_tokens = max(1, min(self.max_tokens, limit))
        return limit > 0
