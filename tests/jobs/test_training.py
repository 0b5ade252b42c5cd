"""Training jobs: fair turns, pause, step, cancel, heartbeat, and nothing but immutable copies published."""

from concurrent.futures import Executor, Future

import numpy as np
import pytest

from jobs import training, turns
from jobs.fitted import COULD_NOT_BE_FITTED
from jobs.lanes import Lane
from jobs.published import known_end
from jobs.store import results
from jobs.training import ENDED_TWICE, Job
from jobs.workers import Died, SameThread
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.fitting import Training
from paradigms.fits.specs import FitSpec, ModelSpec
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
    let_turns_last(monkeypatch, 0.0)
    monkeypatch.setattr(turns, "LOOKS_IN_A_TURN", 0.0)


def let_turns_last(monkeypatch, seconds):
    monkeypatch.setattr(turns, "TURN_SECONDS", seconds)
    monkeypatch.setattr(turns, "FIRST_TURN_SECONDS", seconds)


def a_job(queue, choice=CHOICE, spec=SPEC, **about):
    return Job(FitSpec(choice, spec), Lane(queue), **about)


def a_paced_job(monkeypatch, pace):
    """One that had time for more at its first turn, and its queue."""
    let_turns_last(monkeypatch, 60.0)
    queue = Queue()
    job = a_job(queue)
    job.pace = pace
    job.run()
    queue.run_one()
    return job, queue


def training_of(job):
    """What the worker, which is this very thread, knows the job's training by."""
    return turns._trainings[job._name]


def test_a_turn_learns_publishes_and_queues_again():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    assert job.latest().look.progress.step == 1
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
    np.testing.assert_array_equal(job.latest().assessment.model.predict_proba(X), fitted.predict_proba(X))


def test_what_was_published_does_not_learn_on():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    model = job.latest().assessment.model
    before = model.predict_proba(SPEC.dataset().X)
    queue.run_one()
    np.testing.assert_array_equal(model.predict_proba(SPEC.dataset().X), before)
    assert job.latest().assessment.model is not model


def test_a_paused_job_queues_no_further_turn_and_a_step_is_one_step():
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    job.pause()
    queue.run_one()  # the turn that was already waiting comes to nothing
    assert not queue.waiting and not job.running
    assert job.latest().look.progress.step == 1
    queue.at_once = True
    job.step()
    assert job.latest().look.progress.step == 2
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
    assert job.latest().look.progress.step == 1, "the turns that were waiting at a pause came to nothing"
    assert len(queue.waiting) == 1 and job.running


def test_a_turn_that_waits_at_a_step_is_void():
    queue = Queue()
    job = a_job(queue)
    job.run()
    waiting = queue.waiting.pop()
    queue.at_once = True
    job.step()
    waiting()
    assert job.latest().look.progress.step == 1 and not queue.waiting and not job.running


def test_a_cancelled_job_stops():
    queue = Queue()
    job = a_job(queue)
    job.run()
    job.cancel()
    queue.run_one()
    assert job.finished and not queue.waiting and job.latest().look is None


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
    assert job.finished and "class" in job.latest().problem


@pytest.mark.parametrize("defect", [ZeroDivisionError, KeyError, RuntimeError, MemoryError])
def test_a_defect_ends_in_a_sentence_and_keeps_what_was_learned(monkeypatch, caplog, defect):
    def fail(*_):
        raise defect("a defect")

    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    before = job.latest()
    monkeypatch.setattr(training_of(job), "look", fail)
    queue.run_one()
    assert job.finished and not job.running and not queue.waiting
    assert job.latest().problem == COULD_NOT_BE_FITTED and "a defect" in caplog.text
    assert job.latest().look is before.look


def test_a_training_that_diverges_says_at_which_step_and_keeps_the_last_good_state(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    before = job.latest().assessment

    def diverge():
        raise TrainingDiverged(2)
        yield

    monkeypatch.setattr(training_of(job), "_steps", diverge())
    queue.run_one()
    assert job.finished and "step 2" in job.latest().problem
    assert job.latest().assessment is before


def test_a_paced_job_takes_so_many_steps_and_waits_to_be_seen(monkeypatch):
    job, queue = a_paced_job(monkeypatch, 2)
    assert job.latest().look.progress.step == 2 and job.running and not queue.waiting
    job.seen()
    assert len(queue.waiting) == 1
    job.seen()
    assert len(queue.waiting) == 1, "a turn that is queued is not queued twice"
    queue.run_one()
    assert job.latest().look.progress.step == 4
    job.pause()
    job.seen()
    assert not queue.waiting, "a paused job does not wake when it is seen"


def test_a_faster_pace_counts_from_the_next_look(monkeypatch):
    job, queue = a_paced_job(monkeypatch, 1)
    job.pace = None
    job.seen()
    queue.run_one()
    assert job.finished and job.latest().look.progress.step == 6


def test_the_last_step_ends_the_job_with_the_turn_that_takes_it():
    queue = Queue()
    job = a_job(queue)
    job.run()
    for _ in range(6):
        queue.run_one()
    assert job.finished and not queue.waiting
    assert list(job.latest().look.losses) == ["log loss"]
    assert job.latest().look.losses["log loss"].shape == (6,)


def test_what_was_learned_to_the_end_is_there_for_the_next_and_can_be_begun_anew():
    queue = Queue()
    job = a_job(queue, ModelSpec("neural_network", (("n_steps", 2), ("hidden", 5))))
    results.clear()
    assert known_end(job.spec) is None
    job.run()
    while queue.waiting:
        queue.run_one()
    end = known_end(job.spec)
    assert end is job.latest()
    known = a_job(queue, job.spec.model, known=end)
    assert known.finished and known.latest() is end
    again = known.anew()
    assert not (again.finished or again.running) and again.latest().look is None
    assert known_end(FitSpec(job.spec.model, DatasetSpec(size=61))) is None


def test_a_worker_that_has_let_go_of_a_training_brings_it_back_to_where_it_was():
    queue, other = Queue(), Queue()
    job, undisturbed = a_job(queue), a_job(other)
    for each in (job, undisturbed):
        each.run()
    for _ in range(3):
        queue.run_one()
        other.run_one()
    turns._trainings.pop(job._name)
    for _ in range(3):  # it has a turn's time for what it repeats, too
        queue.run_one()
    other.run_one()
    models = [each.latest().assessment.model for each in (job, undisturbed)]
    assert job.latest().look.progress.step == 4
    np.testing.assert_array_equal(*[model.predict_proba(SPEC.dataset().X) for model in models])


def test_a_worker_lets_go_of_what_was_begun_first(monkeypatch):
    monkeypatch.setattr(turns, "MOST_TRAININGS", 3)
    jobs = [a_job(Queue(at_once=True)) for _ in range(5)]
    for job in jobs:
        job.step()
    assert [job for job in jobs if job._name in turns._trainings] == jobs[2:]


def test_a_worker_that_dies_twice_pauses_the_training_with_a_sentence_and_it_goes_on_from_there():
    class Dying(SameThread):
        def call(self, *about, **settings):
            if next(deaths):
                raise Died
            return super().call(*about, **settings)

    deaths = iter([False, True, True, False])
    queue = Queue()
    job = Job(FitSpec(CHOICE, SPEC), Lane(queue, [Dying()]))
    job.run()
    queue.run_one()
    queue.run_one()
    assert not job.running and not job.finished and not queue.waiting
    assert job.latest().problem == ENDED_TWICE and job.latest().look.progress.step == 1
    job.step()
    queue.run_one()
    assert job.latest().problem is None and job.latest().look.progress.step == 2


def test_a_turn_that_is_cancelled_publishes_nothing(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    learn = Training.learn
    monkeypatch.setattr(Training, "learn", lambda self, enough: (learn(self, enough), job.cancel()))
    job.run()
    queue.run_one()
    assert job.latest().look is None and not queue.waiting


def test_the_first_turn_is_the_shortest(monkeypatch):
    let_turns_last(monkeypatch, 60.0)
    monkeypatch.setattr(turns, "FIRST_TURN_SECONDS", 0.0)
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    assert job.latest().look.progress.step == 1
    queue.run_one()
    assert job.finished


def test_to_pause_ends_a_turn_after_the_step_in_hand(monkeypatch):
    let_turns_last(monkeypatch, 60.0)
    queue = Queue()
    job = a_job(queue)
    take, seen = Training._next_step, []

    def pause_meanwhile(training):
        job.pause()
        seen.append(job.running)
        return take(training)

    monkeypatch.setattr(Training, "_next_step", pause_meanwhile)
    job.run()
    queue.run_one()
    assert job.latest().look.progress.step == 1 and not queue.waiting
    assert seen == [True] and not job.running, "it runs until the step in hand is published"


def test_a_step_is_one_though_others_wait_and_nobody_waits_for_it():
    queue = Queue()
    lane = Lane(queue)
    jobs = [Job(FitSpec(CHOICE, SPEC), lane) for _ in range(3)]
    for job in jobs[:2]:
        job.run()
    jobs[2].step()
    assert jobs[2].running and jobs[2].latest().look is None
    for _ in range(3):
        queue.run_one()
    assert [job.latest().look.progress.step for job in jobs] == [1, 1, 1]
    assert not jobs[2].running and jobs[2].wait_until_it_rests(0.0)


def test_two_steps_that_are_asked_for_at_once_are_two_turns():
    queue = Queue()
    job = a_job(queue)
    job.step()
    job.step()
    while queue.waiting:
        queue.run_one()
    assert job.latest().look.progress.step == 2 and not job.running


def test_what_goes_wrong_beside_the_training_ends_in_a_sentence_too(caplog):
    class Broken:
        def call(self, *_arguments, **_settings):
            raise TimeoutError("nobody has thought of this")

    queue = Queue()
    job = Job(FitSpec(CHOICE, SPEC), Lane(queue, [Broken()]))
    job.run()
    queue.run_one()
    assert job.finished and not job.running and job.latest().problem == COULD_NOT_BE_FITTED
    assert "nobody has thought of this" in caplog.text


def test_a_training_that_ends_before_its_last_announced_step_has_ended(monkeypatch):
    queue = Queue()
    job = a_job(queue)
    job.run()
    queue.run_one()
    monkeypatch.setattr(training_of(job), "_steps", iter(()))
    queue.run_one()
    assert job.finished and job.latest().look.progress.step == 1 and not queue.waiting


def test_trainings_spread_over_the_workers_that_there_are(monkeypatch):
    queues = [Queue(), Queue()]
    monkeypatch.setattr(training.lanes, "trainings", [Lane(queue) for queue in queues])
    spec = FitSpec(CHOICE, DatasetSpec(preset="moons", size=61))  # whose end nobody knows
    waiting = [training.start(spec, at_once=False) for _ in range(4)]
    for job in waiting:
        job.run()
    assert [len(queue.waiting) for queue in queues] == [2, 2]


def test_a_training_begun_anew_keeps_its_pace():
    job = training.start(FitSpec(CHOICE, SPEC), pace=1, at_once=False)
    assert job.anew().pace == 1
