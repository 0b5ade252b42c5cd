"""Training jobs: fair turns, pause, step, cancel, heartbeat, and nothing but immutable copies published."""

from collections import OrderedDict
from concurrent.futures import Executor, Future

import numpy as np
import pytest

from jobs import kept_trainings, training
from jobs.training import Job
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import assess_function
from paradigms.fits.fitting import FAILED
from paradigms.fits.specs import ModelSpec
from paradigms.training import TrainingDiverged

SPEC = DatasetSpec(preset="moons", size=60)
CHOICE = ModelSpec("neural_network", (("n_steps", 6), ("hidden", 4)))


class Queue(Executor):
    """Runs a turn only when the test says so, except those that somebody waits for."""

    def __init__(self, at_once=False):
        self.at_once, self.waiting = at_once, []

    def submit(self, turn, *arguments):
        future = Future()
        self.waiting.append(lambda: future.set_result(turn(*arguments)))
        if self.at_once:
            self.run_one()
        return future

    def run_one(self):
        self.waiting.pop(0)()


@pytest.fixture(autouse=True)
def one_step_a_turn(monkeypatch):
    monkeypatch.setattr(training, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(training, "LOOKS_IN_A_TURN", 0.0)


def a_job(queue, choice=CHOICE, spec=SPEC):
    return Job(choice, spec, spec.dataset(), assess_function, queue)


def test_a_turn_learns_publishes_and_queues_again():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    assert job.published.look.progress.step == 1
    assert job.running and len(queue.waiting) == 1


def test_running_on_ends_with_the_same_model_as_fit():
    queue = Queue()
    job = a_job(queue)
    job.run()
    while queue.waiting:
        queue.run_one()
    X, y = SPEC.dataset().train
    fitted = CHOICE.create().fit(X, y)
    assert job.finished and not job.running
    np.testing.assert_array_equal(job.published.assessment.model.predict_proba(X), fitted.predict_proba(X))


def test_what_was_published_does_not_learn_on():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    model = job.published.assessment.model
    before = model.predict_proba(SPEC.dataset().X)
    queue.run_one()
    np.testing.assert_array_equal(model.predict_proba(SPEC.dataset().X), before)
    assert job.published.assessment.model is not model


def test_a_paused_job_queues_no_further_turn_and_a_step_is_one_step():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    job.pause()
    queue.run_one()  # the turn that was already waiting comes to nothing
    assert not queue.waiting and not job.running
    assert job.published.look.progress.step == 1
    queue.at_once = True
    job.step()
    assert job.published.look.progress.step == 2
    assert not queue.waiting


def test_pausing_and_running_again_leaves_one_turn_queued():
    queue = Queue()
    job = a_job(queue)
    job.run()
    for _ in range(3):
        job.pause()
        job.run()
        job.run()  # a job that runs already is not queued twice
    for _ in range(len(queue.waiting)):
        queue.run_one()
    assert job.published.look.progress.step == 1, "the turns that were waiting at a pause came to nothing"
    assert len(queue.waiting) == 1 and job.running


def test_a_turn_that_waits_at_a_step_is_void():
    queue = Queue()
    job = a_job(queue)
    job.run()
    waiting = queue.waiting.pop()
    queue.at_once = True
    job.step()
    waiting()
    assert job.published.look.progress.step == 1 and not queue.waiting and not job.running


def test_a_cancelled_job_stops():
    queue = Queue()
    job = a_job(queue)
    job.run()
    job.cancel()
    queue.run_one()
    assert job.finished and not queue.waiting and job.published.look is None


def test_a_job_that_nobody_watches_pauses(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    job.run()
    monkeypatch.setattr(training, "FORGOTTEN_AFTER_SECONDS", -1.0)
    queue.run_one()
    assert not job.running and not job.finished and not queue.waiting


def test_data_that_cannot_be_learned_end_in_a_sentence():
    one_class = DatasetSpec.of_points(np.random.default_rng(0).normal(size=(20, 2)), np.zeros(20, int))
    queue = Queue(at_once=True)
    job = a_job(queue, spec=one_class)
    job.run()
    assert job.finished and "class" in job.published.problem


@pytest.mark.parametrize("defect", [ZeroDivisionError, KeyError, RuntimeError, MemoryError])
def test_a_defect_ends_in_a_sentence_and_keeps_what_was_learned(monkeypatch, caplog, defect):
    def fail(*_):
        raise defect("a defect")

    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    before = job.published
    monkeypatch.setattr(job._training, "_assess", fail)
    queue.run_one()
    assert job.finished and not job.running and not queue.waiting
    assert job.published.problem == FAILED and "a defect" in caplog.text
    assert job.published.look is before.look


def test_a_training_that_diverges_says_at_which_step_and_keeps_the_last_good_state(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    before = job.published.assessment

    def diverge():
        raise TrainingDiverged(2)
        yield

    monkeypatch.setattr(job._training, "_steps", diverge())
    queue.run_one()
    assert job.finished and "step 2" in job.published.problem
    assert job.published.assessment is before


def test_a_paced_job_takes_so_many_steps_and_waits_to_be_seen(monkeypatch):
    monkeypatch.setattr(training, "TURN_SECONDS", 60.0)
    queue = Queue()
    job = a_job(queue)
    job.pace = 2
    job.run()
    queue.run_one()
    assert job.published.look.progress.step == 2 and job.running and not queue.waiting
    job.seen()
    assert len(queue.waiting) == 1
    job.seen()
    assert len(queue.waiting) == 1, "a turn that is queued is not queued twice"
    queue.run_one()
    assert job.published.look.progress.step == 4
    job.pause()
    job.seen()
    assert not queue.waiting, "a paused job does not wake when it is seen"


def test_a_faster_pace_counts_from_the_next_look(monkeypatch):
    monkeypatch.setattr(training, "TURN_SECONDS", 60.0)
    queue = Queue()
    job = a_job(queue)
    job.pace = 1
    job.run()
    queue.run_one()
    job.pace = None
    job.seen()
    queue.run_one()
    assert job.finished and job.published.look.progress.step == 6


def test_the_last_step_ends_the_job_with_the_turn_that_takes_it():
    queue = Queue()
    job = a_job(queue)
    job.run()
    for _ in range(6):
        queue.run_one()
    assert job.finished and not queue.waiting
    assert list(job.published.look.losses) == ["log loss"]
    assert job.published.look.losses["log loss"].shape == (6,)


def test_what_was_learned_to_the_end_is_there_for_the_next_and_can_be_begun_anew():
    queue = Queue()
    job = a_job(queue, ModelSpec("neural_network", (("n_steps", 2), ("hidden", 5))))
    assert kept_trainings.get(job.choice, SPEC, assess_function) is None
    job.run()
    while queue.waiting:
        queue.run_one()
    end = kept_trainings.get(job.choice, SPEC, assess_function)
    assert end is job.published
    known = Job(job.choice, SPEC, SPEC.dataset(), assess_function, queue, known=end)
    assert known.finished and known.published is end
    again = known.anew()
    assert not (again.finished or again.running) and again.published.look is None
    assert kept_trainings.get(job.choice, DatasetSpec(size=61), assess_function) is None


def test_a_turn_that_is_cancelled_makes_no_picture(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    learn = job._training.learn
    monkeypatch.setattr(job._training, "learn", lambda enough: (learn(enough), job.cancel()))
    monkeypatch.setattr(job._training, "look", lambda: pytest.fail("nobody looks any more"))
    job.run()
    queue.run_one()
    assert job.published.look is None and not queue.waiting


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(kept_trainings, "MOST_KEPT", 3)
    monkeypatch.setattr(kept_trainings, "_kept", OrderedDict())
    for number in range(5):
        kept_trainings.keep(number, SPEC, assess_function, kept_trainings.Published())
    assert [n for n in range(5) if kept_trainings.get(n, SPEC, assess_function)] == [2, 3, 4]
