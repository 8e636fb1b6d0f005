"""The page: figures drawn, tables filled, one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from agentic.exam import Line
from agentic.judge import CHECKS
from agentic.report import charts
from agentic.report.confusion import confuse
from agentic.report.failures import choose_failures
from agentic.report.gathering import Exam, Gathered
from common.atomic_write import write_atomically
from common.page.figure import Figure
from common.page.formatting import number, spelled
from common.page.rendering import make_environment
from common.page.vega import draw_svg

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Drawn:
    """A figure with its picture."""

    figure: Figure
    svg: Markup | None


def write_page(path: Path, gathered: Gathered) -> None:
    """Fill the template and put the page in place."""
    shown = gathered.shown
    environment = make_environment(TEMPLATES)
    environment.filters |= {"cost": charts.write_cost, "share": charts.write_share}
    page = environment.get_template("report.html.j2").render(
        shown=shown,
        gathered=gathered,
        interval=charts.write_interval(shown.whole),
        groups=[_draw(figure) for figure in [charts.draw_checks(shown.whole), *charts.draw_groups(shown.table)]],
        table=_lay_out(shown.table),
        exams=_draw(charts.draw_exams(gathered.exams)),
        costs=_draw(charts.draw_costs(gathered.exams)),
        exam_rows=[[str(number), *_describe(exam)] for number, exam in enumerate(gathered.exams, start=1)],
        confusion=confuse(shown.runs),
        failures=choose_failures(shown.runs),
        failed=sum(not run.passed for run in shown.runs),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, page.encode("utf-8", "replace"))


def _draw(figure: Figure) -> Drawn:
    # Vega writes text of the data as text, as the tests see to.
    return Drawn(figure, Markup(draw_svg(figure.spec)) if figure.spec else None)


def _lay_out(table: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    headers = ["Group", "", "Tickets", "Passed", "95 % interval", *map(spelled, CHECKS), "Calls", "Words"]
    rows = [
        [
            line.group, spelled(line.name), number(line.tasks), charts.write_share(line.passed),
            charts.write_interval(line), *(charts.write_share(line.checks[check]) for check in CHECKS),
            f"{line.calls:.1f}", number(line.words),
        ]
        for line in table
    ]  # fmt: skip
    return headers, rows


def _describe(exam: Exam) -> list[str]:
    whole = exam.whole
    return [
        exam.name, exam.first.model or "–", ", ".join(exam.splits), number(whole.tasks),
        number(len(exam.runs)), charts.write_share(whole.passed), charts.write_interval(whole),
        charts.write_cost(exam.cost), charts.write_cost(exam.cost_per_run), number(exam.tokens), f"{whole.calls:.1f}",
        number(whole.words),
    ]  # fmt: skip
