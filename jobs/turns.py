"""Turns of trainings, inside a worker: each goes on from where the training stands."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from jobs.fitted import COULD_NOT_BE_FITTED
from jobs.worker_process import Stopped
from paradigms.fits.fitting import Look, Training
from paradigms.fits.specs import FitSpec
from paradigms.protocols import CannotFit
from paradigms.training import TrainingDiverged

TURN_SECONDS, LOOKS_IN_A_TURN = 0.2, 3.0  # a turn lasts at least three times as long as a look takes
FIRST_TURN_SECONDS = 0.05  # so that everybody of a class soon sees something
MOST_TRAININGS = 300  # that a worker holds; one that was let go is repeated when it goes on

_trainings: OrderedDict[str, Training] = OrderedDict()
_lock = threading.Lock()  # of threads that stand in for processes


class Turn(NamedTuple):
    """A ``look`` at what has been learned, and whether that is the end; or the ``problem`` that ended it."""

    look: Look | None = None
    finished: bool = False
    problem: str | None = None


def take_turn(
    name: str, spec: FitSpec, step: int, n_steps: int | None, *, report: Callable[[float | None], None]
) -> Turn:
    """Let the training of that ``name``, which stands at ``step``, take ``n_steps``, or what it has time for.

    One that this worker does not know (any more) is brought to that step first: equal specs learn alike.
    """
    try:
        training = _at_hand(name, spec)
        seconds = TURN_SECONDS if training.step else FIRST_TURN_SECONDS
        deadline = time.perf_counter() + max(seconds, LOOKS_IN_A_TURN * training.look_seconds)

        def is_late(_n_taken: int) -> bool:
            return n_steps is None and time.perf_counter() >= deadline

        if training.step < step:
            training.learn(_or_stopped(report, lambda n: training.step >= step or is_late(n)))
            if training.step < step:
                return Turn()
        if not training.finished:
            training.learn(_or_stopped(report, lambda n: n == n_steps or is_late(n)))
        turn = Turn(training.look(), training.finished)
    except (CannotFit, TrainingDiverged) as problem:
        turn = Turn(problem=str(problem))
    except Exception:  # a defect of ours: its details belong into the log, and the visitor gets a sentence
        logging.getLogger("two_souls").exception("A training failed")
        turn = Turn(problem=COULD_NOT_BE_FITTED)
    if turn.finished or turn.problem:
        _trainings.pop(name, None)
    return turn


def _at_hand(name: str, spec: FitSpec) -> Training:
    with _lock:
        training = _trainings.setdefault(name, _trainings.get(name) or Training(spec))
        _trainings.move_to_end(name)
        while len(_trainings) > MOST_TRAININGS:
            _trainings.popitem(last=False)
        return training


def _or_stopped(
    report: Callable[[float | None], None], enough: Callable[[int], bool]
) -> Callable[[int], bool]:
    """Whether so many steps are ``enough``, or it was asked to stop."""

    def is_enough(n_taken: int) -> bool:
        try:
            report(None)
        except Stopped:
            return True
        return enough(n_taken)

    return is_enough
