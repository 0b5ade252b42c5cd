"""How a process is made ready: in one thread, which the library by itself does not ask for."""

import subprocess
import sys
import threading

import pytest
import threadpoolctl
import torch

from jobs.worker_process import keep_to_one_thread


@pytest.fixture
def two_threads():
    torch.set_num_threads(2)
    with threadpoolctl.threadpool_limits(2):
        yield
    keep_to_one_thread()


def test_every_library_keeps_to_one_thread_in_every_thread(two_threads):
    assert torch.get_num_threads() == 2
    keep_to_one_thread()
    counts = []
    thread = threading.Thread(target=lambda: counts.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert [torch.get_num_threads(), *counts] == [1, 1]
    assert {library["num_threads"] for library in threadpoolctl.threadpool_info()} == {1}


@pytest.mark.slow
def test_an_import_of_the_library_leaves_the_threads_of_others_alone():
    source = (
        "import torch, threadpoolctl, scipy.linalg, sklearn.cluster\n"
        "def seen():\n"
        "    return {each['filepath']: each['num_threads'] for each in threadpoolctl.threadpool_info()}\n"
        "torch.set_num_threads(2), threadpoolctl.threadpool_limits(2)\n"
        "before = seen()\n"
        "from paradigms import registry\n"
        "registry.cards(), registry.regressors(), registry.samplers(), registry.presets()\n"
        "assert torch.get_num_threads() == 2 and before.items() <= seen().items(), (before, seen())\n"
        "assert 2 in before.values()"
    )
    subprocess.run([sys.executable, "-c", source], check=True, timeout=200)
