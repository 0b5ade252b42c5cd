"""CPU and memory of a process and its workers, against what this process knows of itself."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import process_tree

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it reads /proc")
WORKER = """
import time
held = b"x" * 80_000_000
while time.process_time() < 0.5:
    pass
print(flush=True)
input()
"""
PARENT = """
import subprocess, sys
with subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE) as child:
    sys.stdin.readline()
    child.communicate(b"\\n")
print(flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def parent():
    """A process with a worker that took half a second and 80 MB; a line ends the worker."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", PARENT, WORKER], **pipes) as process:
        process.stdout.readline()  # the worker's line: it has done its work
        yield process
        process.stdin.close()


def test_the_worker_counts_while_it_lives_and_its_cpu_afterwards_too(parent):
    before = process_tree.cpu_seconds(parent.pid)
    assert len(process_tree.tree(parent.pid)) == 2 and before >= 0.5
    assert process_tree.resident_bytes(parent.pid)[1] > 80e6
    parent.stdin.write(b"\n")
    parent.stdin.flush()
    parent.stdout.readline()
    assert process_tree.tree(parent.pid) == [parent.pid]
    assert process_tree.cpu_seconds(parent.pid) >= before


def test_this_process_is_told_right():
    (own, *_), cpu = process_tree.resident_bytes(os.getpid()), process_tree.cpu_seconds(os.getpid())
    used = resource.getrusage(resource.RUSAGE_SELF)
    assert 1e6 < own < 1.1 * 1024 * used.ru_maxrss, "the most that it ever held, in kB"
    assert cpu >= 0.5 * (used.ru_utime + used.ru_stime)
