"""Worker processes: warm and alone, told to stop, started anew, and threads where none can start."""

import math
import os
import signal
import sys
import threading
import time
from concurrent.futures import Future

import numpy as np
import pytest
from at_once import AtOnce

from jobs import workers
from jobs.computing import Computation, Outcome
from jobs.lanes import Lane
from jobs.training import Job
from jobs.worker_process import Stopped
from jobs.workers import Died, ProcessWorker, SameThread
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.fitting import fit
from paradigms.fits.specs import FitSpec, ModelSpec

SPEC = FitSpec(ModelSpec("gaussian_mixture"), DatasetSpec(size=100))


@pytest.fixture(scope="module")
def worker():
    return ProcessWorker()


def threads_of_torch_and_streamlit():
    import torch

    return torch.get_num_threads(), "streamlit" in sys.modules, os.getpid()


def slowly(n, *, report):
    for step in range(n):
        report(step / n)
        time.sleep(0.01)
    return n


def die_unless(path):
    """Ends the process the first time, and not the second."""
    if not os.path.exists(path):
        open(path, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def take(n_bytes):
    return len(np.ones(n_bytes // 8))


def test_a_worker_is_another_process_with_one_thread_and_without_streamlit(worker):
    n_threads, has_streamlit, process = worker.call(threads_of_torch_and_streamlit)
    assert n_threads == 1 and not has_streamlit and process != os.getpid()
    assert worker.call(os.getpid) == process, "and it stays the same one"


def test_a_fit_by_a_worker_is_the_same_fit_and_as_frozen(worker):
    theirs, ours = worker.call(fit, SPEC), fit(SPEC)
    assert theirs.digest == ours.digest == SPEC.digest and theirs.held_out.n == ours.held_out.n
    np.testing.assert_array_equal(theirs.density.log_joint, ours.density.log_joint)
    X = np.random.default_rng(0).normal(size=(50, 2))
    np.testing.assert_array_equal(theirs.model.log_joint(X), ours.model.log_joint(X))
    np.testing.assert_array_equal(theirs.model.sample(9, 0), ours.model.sample(9, 0))
    assert not theirs.density.log_joint.flags.writeable
    with pytest.raises(ValueError):
        theirs.density.held_out_log_density[0] = 0.0


@pytest.mark.parametrize("of", ["a process", "this thread"])
def test_it_is_heard_how_far_the_work_is(of, worker):
    heard = []
    assert {"a process": worker, "this thread": SameThread()}[of].call(slowly, 60, watch=heard.append) == 60
    known = [share for share in heard if share is not None]
    assert known == sorted(known) and 0 < known[-1] < 1


def test_what_ends_just_when_nobody_listens_is_heard(monkeypatch):
    """The time to listen is over, and the work is done before anybody asks whether it is."""

    class JustThen(Future):
        def result(self, timeout=None):
            if not self.done():
                self.set_result("done")
                raise TimeoutError
            return super().result(timeout)

    worker = ProcessWorker()
    monkeypatch.setattr(worker, "_submit", lambda *_: JustThen())
    assert worker.call(os.getpid, watch=lambda share: None) == "done"


@pytest.mark.slow
def test_where_a_process_has_been_another_is_tried_and_no_thread(worker, monkeypatch):
    def no_process(*_arguments, **_settings):
        raise OSError("no memory")

    worker.start()
    with pytest.raises(Died):
        worker.call(die)
    with monkeypatch.context() as patch:
        patch.setattr(workers, "ProcessPoolExecutor", no_process)
        with pytest.raises(Died):
            worker.call(os.getpid)
    assert worker.call(os.getpid) != os.getpid()


@pytest.mark.parametrize("of", ["a process", "this thread"])
def test_work_that_nobody_watches_any_more_stops(of, worker):
    asked = []

    def watch(share):
        asked.append(share)
        if len(asked) > 3:
            raise Stopped

    worker, started = {"a process": worker, "this thread": SameThread()}[of], time.monotonic()
    with pytest.raises(Stopped):
        worker.call(slowly, 100_000, watch=watch)
    assert time.monotonic() - started < 300, "it would take a thousand seconds"
    assert worker.call(math.factorial, 5) == 120, "and the worker is free for the next"


def test_a_worker_that_dies_is_replaced_and_what_it_did_can_be_tried_again(worker, caplog):
    before = worker.call(os.getpid)
    with pytest.raises(Died):
        worker.call(die)
    assert "died" in caplog.text
    assert worker.call(os.getpid) != before


@pytest.mark.slow
def test_a_computation_whose_worker_dies_once_is_computed_all_the_same(worker, tmp_path):
    path = str(tmp_path / "been here")
    computation = Computation("a", lambda worker, watch: worker.call(die_unless, path))
    computation.seen_by("Ada")
    computation.run(worker)
    assert computation.outcome == Outcome("alive") and computation.retried


@pytest.mark.slow
def test_a_training_whose_worker_dies_goes_on_from_where_it_was(worker):
    spec = FitSpec(ModelSpec("neural_network", {"n_steps": 8, "hidden": 4}), DatasetSpec(size=60))
    jobs = [Job(spec, Lane(AtOnce(), [which])) for which in (worker, SameThread())]
    for step in range(4):
        if step == 2:
            with pytest.raises(Died):
                worker.call(die)
        for job in jobs:
            job.step()
    theirs, ours = (job.latest().look for job in jobs)
    assert theirs.progress.step == ours.progress.step == 4
    X = np.random.default_rng(0).normal(size=(20, 2))
    np.testing.assert_array_equal(*[look.assessment.model.predict_proba(X) for look in (theirs, ours)])


def test_who_waits_for_a_busy_worker_can_leave_and_each_hears_of_its_own_work(worker):
    heard = {"first": [], "second": []}
    first = threading.Thread(target=lambda: worker.call(slowly, 200, watch=heard["first"].append))
    first.start()
    while not heard["first"]:
        time.sleep(0.01)

    def leave(share):
        heard["second"].append(share)
        raise Stopped

    with pytest.raises(Stopped):
        worker.call(slowly, 100_000, watch=leave)
    assert heard["second"] == [None], "it was not even begun"
    first.join()
    assert max(share for share in heard["first"] if share is not None) > 0.5


def test_what_the_work_raises_is_raised_here(worker):
    with pytest.raises(ValueError, match="negative"):
        worker.call(math.factorial, -1)
    with pytest.raises(TimeoutError):
        worker.call(raise_timeout, watch=lambda share: None)


def raise_timeout(*, report):
    raise TimeoutError


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is that of Linux")
def test_a_worker_has_a_limit_to_its_memory_and_outlives_it():
    worker = ProcessWorker(most_bytes=1_500_000_000)
    with pytest.raises(MemoryError):
        worker.call(take, 2_000_000_000)
    assert worker.call(take, 8_000) == 1000


def test_where_no_process_can_start_a_thread_works_instead(monkeypatch, caplog):
    def refuse(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    worker, heard = ProcessWorker(), []
    assert worker.call(os.getpid) == os.getpid() and "threads" in caplog.text
    assert worker.call(slowly, 60, watch=heard.append) == 60 and heard
    assert worker.call(threading.get_ident) != threading.get_ident()
