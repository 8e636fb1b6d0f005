"""Small faults to plant in SQL, one at a time: a slip of the hand in a comparison, a filter or a number."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

# Texts are compared with what hundreds of nested calls fill.
DEEPEST_RECURSION = 20_000

FLIPS: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT, exp.EQ: exp.NEQ, exp.NEQ: exp.EQ,
}  # fmt: skip
AGGREGATES: dict[type[exp.Expression], type[exp.Expression]] = {exp.Min: exp.Max, exp.Max: exp.Min}
EXTREMES: dict[type[exp.Expression], type[exp.Expression]] = {exp.Least: exp.Greatest, exp.Greatest: exp.Least}

# Columns, and keys of structs, that only tell of rows that break a rule.
NAMING = {"example", "words", "places", "shown_id", "shown_user_and_event"}


@dataclass(frozen=True)
class Mutant:
    """A statement with one fault."""

    model: str
    operator: str
    place: str
    before: str
    after: str
    sql: str

    @property
    def label(self) -> str:
        """One line: where, what was, what is."""
        return f"{self.model}.{self.place}: {self.operator}: {self.before} → {self.after}"


def list_mutants(model: str, sql: str) -> list[Mutant]:
    """Return every mutant of a compiled model."""
    with _deep_recursion():
        tree = sqlglot.parse_one(sql, dialect="duckdb")
        return [
            _plant(model, operator, tree, index, mutate)
            for index, node in enumerate(tree.walk())
            if not _only_names_rows(node)
            for operator, mutate in _list_operators(node)
        ]


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Let functions nest deeper, and no further than this: what other tests call would go as deep, and slowly."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEEPEST_RECURSION)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _list_operators(node: exp.Expression) -> Iterator[tuple[str, Callable[[exp.Expression], exp.Expression]]]:
    if type(node) in FLIPS:
        yield "comparison flipped", _flip
    if isinstance(node, exp.And) and _is_condition(node):
        yield "conjunct dropped", lambda copy: copy.left
        yield "conjunct dropped", lambda copy: copy.right
    if isinstance(node, (exp.Where, exp.Having, exp.Qualify)):
        yield "filter dropped", _always
    if isinstance(node, exp.Literal) and node.is_int and not _is_position(node):
        yield "one more", lambda copy: exp.Literal.number(int(copy.this) + 1)
    if type(node) in AGGREGATES or (type(node) in EXTREMES and node.expressions):
        yield "extreme swapped", _swap_extreme
    if isinstance(node, exp.Case):
        yield "branches swapped", _swap_branches
    if isinstance(node, exp.Not) or (isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not)):
        yield "negated", lambda copy: copy.this if isinstance(copy, exp.Not) else exp.Not(this=copy.copy())


def _plant(
    model: str, operator: str, tree: exp.Expression, index: int, mutate: Callable[[exp.Expression], exp.Expression]
) -> Mutant:
    whole = tree.copy()
    node = next(node for at, node in enumerate(whole.walk()) if at == index)
    shown = node if isinstance(node, (exp.Case, exp.Where)) else node.parent or node
    place, before = _name_place(node), _shorten(shown)
    replaced = mutate(node)
    node.replace(replaced)
    shown = replaced if shown is node else shown
    return Mutant(model, operator, place, before, _shorten(shown), whole.sql(dialect="duckdb"))


def _flip(node: exp.Expression) -> exp.Expression:
    return FLIPS[type(node)](this=node.this, expression=node.expression)


def _always(node: exp.Expression) -> exp.Expression:
    return type(node)(this=exp.true())


def _swap_extreme(node: exp.Expression) -> exp.Expression:
    if type(node) in AGGREGATES:
        return AGGREGATES[type(node)](this=node.this)
    return EXTREMES[type(node)](this=node.this, expressions=node.expressions)


def _swap_branches(node: exp.Expression) -> exp.Expression:
    """Exchange what the first two branches give; the second may be the else."""
    swapped = node.copy()
    first = swapped.args["ifs"][0]
    other, key = (swapped.args["ifs"][1], "true") if len(swapped.args["ifs"]) > 1 else (swapped, "default")
    mine, theirs = first.args["true"].copy(), (other.args.get(key) or exp.null()).copy()
    first.set("true", theirs)
    other.set(key, mine)
    return swapped


def _is_condition(node: exp.Expression) -> bool:
    return node.find_ancestor(exp.Where, exp.Join, exp.Filter, exp.If, exp.Having, exp.Select) is not None


def _is_position(node: exp.Expression) -> bool:
    """Numbers that are types or names of a kind: decimal(10, 2), '… from $1'."""
    return isinstance(node.parent, (exp.DataTypeParam, exp.Ordered, exp.Group))


def _only_names_rows(node: exp.Expression) -> bool:
    """What names the first row that breaks a rule, where somebody asks: an example, a row's words, places in them."""
    return any(
        (isinstance(above, exp.Alias) and above.alias in NAMING)
        or (isinstance(above, exp.PropertyEQ) and above.this.name in NAMING)
        for above in _list_ancestors(node)
    )


def _list_ancestors(node: exp.Expression) -> Iterator[exp.Expression]:
    while node.parent:
        node = node.parent
        yield node


def _name_place(node: exp.Expression) -> str:
    """Name the CTE and the column, join or filter the fault is in."""
    cte, column = node.find_ancestor(exp.CTE), node.find_ancestor(exp.Alias, exp.Join, exp.Where)
    part = column.alias if isinstance(column, exp.Alias) else type(column).__name__.lower() if column else ""
    return ".".join(filter(None, (cte.alias if cte else "", part)))


def _shorten(node: exp.Expression) -> str:
    text = " ".join(node.sql(dialect="duckdb").split())
    return text if len(text) <= 160 else f"{text[:110]} … {text[-45:]}"
