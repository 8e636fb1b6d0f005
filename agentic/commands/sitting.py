"""One sitting of an exam: it goes on where one before was stopped, and ends at its budget or at an error."""

from __future__ import annotations

import math
import traceback
from collections.abc import Sequence

from agentic.agent import Agent
from agentic.commands.progress import Progress, show_progress
from agentic.environment import Environment
from agentic.errors import AgentError, ServiceError, UsageError
from agentic.exam import run_task
from agentic.prices import PriceTokens, find_cost
from agentic.run_file import RunFile
from agentic.run_lines import Measured, RunLine, describe_run
from agentic.tasks import Task


class BudgetReached(Exception):
    """What may be spent is spent; the runs before are kept."""


class Sitting:
    """An agent works tickets, and each run is in the file before the next begins."""

    def __init__(
        self, environment: Environment, agent: Agent, measured: Measured, file: RunFile, price_tokens: PriceTokens
    ) -> None:
        """Take who works where, what a line says of all of it, and the file."""
        self._environment, self._agent = environment, agent
        self._measured, self._file, self._price_tokens = measured, file, price_tokens
        self._error_path = file.path.with_suffix(".error.txt")

    def hold(self, tasks: Sequence[Task], k: int, *, budget: float | None, is_fresh: bool) -> list[RunLine]:
        """Return all runs, those of a sitting before first.

        Args:
            tasks: the tickets.
            k: how often each is worked.
            budget: the most USD that this sitting may spend; the ticket at hand is finished.
            is_fresh: whether runs of a sitting before are forgotten.

        Raises:
            AgentError: the agent has failed.
            BudgetReached: runs are left, and nothing to spend.
            DataError: the runs before are of another exam.
            ServiceError: a model cannot be asked.
            UsageError: there is a budget, and no price for what is used.
        """
        if budget is not None:
            self._require_prices()
        if is_fresh:
            self._file.forget()
        wanted = [(task, number) for task in tasks for number in range(1, k + 1)]
        runs = self._file.resume(self._measured, [(task.task_id, number) for task, number in wanted])
        with show_progress(runs, len(wanted)) as progress:
            try:
                for task, number in wanted[len(runs) :]:
                    self._check_budget(budget, progress, len(wanted))
                    runs.append(self._run(task, number))
                    progress.advance(runs[-1])
            except KeyboardInterrupt:
                raise KeyboardInterrupt(f"stopped; {progress.describe_done()}") from None
            except ServiceError as error:
                where = f"{wanted[len(runs)][0].task_id}, run {wanted[len(runs)][1]}"
                raise ServiceError(f"{where}: {_end(error)} {progress.describe_done()}") from error
            except AgentError as error:
                raise self._explain(error, progress) from error
        self._file.finish()
        self._error_path.unlink(missing_ok=True)
        return runs

    def _run(self, task: Task, number: int) -> RunLine:
        run = run_task(self._environment, self._agent, task, number)
        line = describe_run(run, self._measured, find_cost((run.usage, run.customer_usage), self._price_tokens))
        self._file.add(line)
        return line

    def _check_budget(self, budget: float | None, progress: Progress, count: int) -> None:
        if budget is None:
            return
        if math.isnan(progress.spent):
            raise self._refuse_budget("a model that was used")
        if progress.spent >= budget:
            raise BudgetReached(
                f"the budget of ${budget:,.4g} is reached: ${progress.spent:,.4f} is spent; {progress.describe_done()}"
            )

    def _require_prices(self) -> None:
        for model in filter(None, (self._measured.model, self._measured.settings.get("customer_model", ""))):
            if self._price_tokens(model, 0, 0) is None:
                raise self._refuse_budget(model)

    def _refuse_budget(self, model: str) -> UsageError:
        return UsageError(
            f"--budget: no price of {model} is known. Leave --budget out, --limit bounds the cost, too; or add a line"
            " with its price to dbt_project/seeds/models.csv"
        )

    def _explain(self, error: AgentError, progress: Progress) -> AgentError:
        """Say what is kept; the traceback is in a file, for the person who builds the agent."""
        path = self._error_path
        path.write_text("".join(traceback.format_exception(error.__cause__ or error)), encoding="utf-8")
        return AgentError(f"{_end(error)} {progress.describe_done()} Where it failed: {path}")


def _end(error: Exception) -> str:
    return f"{str(error).rstrip('.')}."
