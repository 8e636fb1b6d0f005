"""What makes the exam one: its solutions solve it, nothing else does, and each run gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentic.agents.baselines import EscalatingAgent, GoldAgent, IdleAgent
from agentic.environment import Environment
from agentic.exam import Run, make_table, run_tasks
from agentic.tasks import Task
from tests.unit.agentic.mutations import mutate

EVERY = 3  # of the tasks of the full volume, for mistakes, of which each has a dozen


def list_failed(runs: list[Run]) -> dict[str, str]:
    return {run.task.task_id: run.verdict.explain() for run in runs if not run.verdict.passed}


def check_gold(environment: Environment) -> None:
    for task in environment.tasks.values():
        environment.reset(task.task_id)
        assert environment.replay(task.solutions[0]) == [], task.task_id
    runs = list(run_tasks(environment, GoldAgent(environment), environment.tasks.values()))
    assert runs and list_failed(runs) == {}


def check_idle(environment: Environment) -> None:
    runs = list(run_tasks(environment, IdleAgent(), environment.tasks.values()))
    assert len(list_failed(runs)) == len(runs) > 0


def find_passing_mistakes(environment: Environment, tasks: list[Task]) -> tuple[list[str], int]:
    passing, count = [], 0
    for task in tasks:
        environment.reset(task.task_id)
        for what, calls in list(mutate(environment, task)):
            environment.reset(task.task_id)
            environment.replay(calls)
            count += 1
            if environment.score().passed:
                passing.append(f"{task.task_id} ({task.scenario}): {what}")
    return passing, count


def test_the_keys_own_calls_solve_every_task(environment: Environment) -> None:
    check_gold(environment)


def test_doing_nothing_solves_no_task(environment: Environment) -> None:
    check_idle(environment)


def test_every_single_mistake_fails(environment: Environment) -> None:
    passing, count = find_passing_mistakes(environment, list(environment.tasks.values()))
    assert passing == [] and count > 5 * len(environment.tasks)


@pytest.mark.long
def test_the_keys_own_calls_solve_every_task_of_the_full_set(full_environment: Environment) -> None:
    check_gold(full_environment)


@pytest.mark.long
def test_doing_nothing_solves_no_task_of_the_full_set(full_environment: Environment) -> None:
    check_idle(full_environment)


@pytest.mark.long
def test_every_single_mistake_fails_in_the_full_set(full_environment: Environment) -> None:
    passing, count = find_passing_mistakes(full_environment, list(full_environment.tasks.values())[::EVERY])
    assert passing == [] and count > 1000


def test_handing_over_always_solves_what_is_to_be_handed_over(environment: Environment) -> None:
    runs = list(run_tasks(environment, EscalatingAgent(), environment.tasks.values()))
    assert {run.task.task_id for run in runs if run.verdict.passed} == {
        task.task_id for task in environment.tasks.values() if task.should_escalate
    }


def test_the_same_run_twice_gives_the_same_score(environment: Environment) -> None:
    tasks = list(environment.tasks.values())
    runs = list(run_tasks(environment, GoldAgent(environment), tasks, k=2))
    assert [run.verdict for run in runs if run.number == 1] == [run.verdict for run in runs if run.number == 2]
    hashes = set()
    for _ in range(2):
        environment.reset(tasks[0].task_id)
        environment.replay(tasks[0].solutions[0])
        hashes.add(environment.state_hash())
    assert len(hashes) == 1
    assert make_table(runs)[0].all_passed == 1.0


def test_two_environments_do_not_see_each_other(built: Path, environment: Environment) -> None:
    other = Environment(built)
    task = next(task for task in environment.tasks.values() if not task.should_escalate)
    for one in (environment, other):
        one.reset(task.task_id)
    environment.replay(task.solutions[0])
    assert environment.state_diff() and other.state_diff() == []
    assert environment.score().passed and not other.score().passed
    other.close()
    assert environment.score().passed


def test_every_allowed_end_passes(environment: Environment) -> None:
    """A ticket whose case the specialists have may be closed or not."""
    for task in environment.tasks.values():
        for calls in task.solutions:
            environment.reset(task.task_id)
            assert environment.replay(calls) == [] and environment.score().passed, task.task_id
        assert len(task.solutions) == 1 + (task.solutions[0][0].tool == "open_case")
