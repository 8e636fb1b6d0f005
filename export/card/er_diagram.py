"""The entity diagrams: boxes and lines worked out from the SQLAlchemy models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, Table

from export.card.vega import WIDTH

MARGIN, BOX_WIDTH, GAP = 12, 142, 22
HEADER_HEIGHT, LINE_HEIGHT = 36, 14
FOOT = 6  # length of a crow's foot

# Where each table stands: row and column. A table that is new stands below the others.
PLACES = {
    "eventhub": {
        "users": (0, 0),
        "subscriptions": (0, 1),
        "reservations": (1, 0),
        "refunds": (1, 1),
        "events": (2, 0),
        "venues": (2, 1),
        "plans": (3, 0),
        "data_set": (3, 1),
    },
    "udahub": {
        "accounts": (0, 0),
        "knowledge": (0, 1),
        "users": (1, 0),
        "user_history": (1, 1),
        "tickets": (2, 0),
        "ticket_metadata": (2, 1),
        "ticket_messages": (3, 0),
        "data_set": (3, 1),
    },
}


@dataclass(frozen=True, kw_only=True)
class Box:
    """A table."""

    name: str
    says: str
    row_count: int
    keys: tuple[tuple[str, str], ...]
    row: int
    column: int
    y: int

    @property
    def x(self) -> int:
        """Left side."""
        return MARGIN if self.column == 0 else WIDTH - BOX_WIDTH - 1

    @property
    def height(self) -> int:
        """Header and one line a key."""
        return HEADER_HEIGHT + LINE_HEIGHT * len(self.keys) + 4

    @property
    def middle(self) -> float:
        """Half of the height."""
        return self.y + HEADER_HEIGHT / 2


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """One database."""

    name: str
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    height: int

    @property
    def label(self) -> str:
        """What the diagram shows, for those who do not see it."""
        references = "; ".join(
            f"{box.name}: {', '.join(f'{name} {mark}'.strip() for name, mark in box.keys)}" for box in self.boxes
        )
        return f"Entity diagram of {self.name}.db. {references}"


def lay_out(name: str, base: Any, counts: Mapping[str, int]) -> Diagram:
    """Place a database's tables, and draw a line for each foreign key between them."""
    tables: dict[str, Table] = dict(base.metadata.tables)
    says = {mapper.local_table.name: _first_sentence(mapper.class_.__doc__) for mapper in base.registry.mappers}
    places = dict(PLACES[name])
    for table in sorted(tables.keys() - places.keys()):
        places[table] = (1 + max(row for row, _ in places.values()), 0)
    boxes: dict[str, Box] = {}
    y = 1
    for row in range(1 + max(row for row, _ in places.values())):
        placed = [
            Box(
                name=table,
                says=says[table],
                row_count=counts[table],
                keys=_list_keys(tables[table]),
                row=row,
                column=column,
                y=y,
            )
            for table, (at, column) in places.items()
            if at == row
        ]
        boxes |= {box.name: box for box in placed}
        y += max((box.height for box in placed), default=0) + GAP
    lines = [
        _draw_line(boxes[table.name], boxes[key.column.table.name], key)
        for table in tables.values()
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]
    return Diagram(name=name, boxes=tuple(boxes.values()), lines=tuple(lines), height=y - GAP + 2)


def _first_sentence(text: str) -> str:
    return text.split("\n")[0].split(". ")[0].rstrip(".").replace("`", "") + "."


def _list_keys(table: Table) -> tuple[tuple[str, str], ...]:
    """List the primary key and the foreign keys with what they are."""
    marks = {column.name: "key" for column in table.primary_key}
    for key in table.foreign_keys:
        marks[key.parent.name] = (marks.get(key.parent.name, "") + f" → {key.column.table.name}").strip()
    return tuple((column.name, marks[column.name]) for column in table.columns if column.name in marks)


def _draw_line(child: Box, parent: Box, key: ForeignKey) -> str:
    """Draw a path from the many (a crow's foot) or the one (a bar) to the one."""
    single = key.parent.primary_key or key.parent.unique
    if child.row == parent.row:
        return _draw_across(child, parent, single)
    if child.column != parent.column:
        return _draw_elbow(child, parent)
    if abs(child.row - parent.row) == 1:
        return _draw_down(child, parent)
    return _draw_around(child, parent)


def _draw_around(child: Box, parent: Box) -> str:
    """One stands above the other with a third between."""
    foot = f"M{child.x - FOOT},{child.middle} l{FOOT},-4 m-{FOOT},4 l{FOOT},4"
    return f"M{child.x},{child.middle} H{MARGIN - 8} V{parent.middle} H{parent.x} {foot}"


def _draw_across(child: Box, parent: Box, single: bool | None) -> str:
    """Child and parent stand side by side."""
    right = child.x > parent.x
    here, there = (child.x, parent.x + BOX_WIDTH) if right else (child.x + BOX_WIDTH, parent.x)
    toward = -FOOT if right else FOOT
    end = f"M{here + toward},{child.middle - 4} v8" if single else (
        f"M{here + toward},{child.middle} l{-toward},-4 m{toward},4 l{-toward},4"
    )  # fmt: skip
    return f"M{here},{child.middle} H{there} {end}"


def _draw_down(child: Box, parent: Box) -> str:
    """One stands below the other."""
    x = child.x + BOX_WIDTH // 2
    below = child.row > parent.row
    here = child.y if below else child.y + child.height
    there = parent.y + parent.height if below else parent.y
    toward = -FOOT if below else FOOT
    return f"M{x},{here} V{there} M{x},{here + toward} l-4,{-toward} m4,{toward} l4,{-toward}"


def _draw_elbow(child: Box, parent: Box) -> str:
    """Through the gutter between the columns; up and down keep apart."""
    right = child.column > parent.column
    here, there = (child.x, parent.x + BOX_WIDTH) if right else (child.x + BOX_WIDTH, parent.x)
    down = child.row < parent.row
    turn = (WIDTH + MARGIN) // 2 + (9 if down else -9)
    start = child.middle + (10 if down else -6)
    end = parent.middle + (-6 if down else 8)
    toward = -FOOT if right else FOOT
    foot = f"M{here + toward},{start} l{-toward},-4 m{toward},4 l{-toward},4"
    return f"M{here},{start} H{turn} V{end} H{there} {foot}"
