"""What several folders of tests need: the app as a server, and to read what it sends to its planes."""

import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from jobs.worker_process import keep_to_one_thread

ROOT = Path(__file__).parents[1]
CONTRACT = json.loads((ROOT / "assets" / "plane" / "contract.json").read_text(encoding="utf-8"))


class Served(NamedTuple):
    """An app of our own: where it answers, its process, and the file that its log goes to."""

    address: str
    process: subprocess.Popen
    log: Path

    @property
    def said(self):
        return self.log.read_text(errors="replace")


@contextmanager
def _served(log, script=ROOT / "app.py", **options):
    """``streamlit run`` a script on a free port until the context ends; ``options`` are those of Popen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.fileWatcherType", "none"]
    with log.open("w") as output:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        options |= {"cwd": ROOT, "env": environment, "stdout": output, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(command, **options)
        try:
            server = Served(f"http://127.0.0.1:{port}", process, log)
            _wait_for_health(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_health(server):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not come up:\n{server.said[-2000:]}")


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """As in the app; the test modules, and with them all that is heavy, are imported by now."""
    keep_to_one_thread()


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """``with serve() as server``: an app of one's own."""
    return lambda **options: _served(tmp_path_factory.mktemp("server") / "log.txt", **options)


def _unpacked(node, payload):
    """The header with every descriptor of an array replaced by the array's values, as the browser does it."""
    if isinstance(node, list):
        return [_unpacked(child, payload) for child in node]
    if not isinstance(node, dict):
        return node
    if not {"offset", "shape", "dtype"} <= node.keys():
        return {key: _unpacked(child, payload) for key, child in node.items()}
    count = int(np.prod(node["shape"]))
    stored = np.frombuffer(payload, dtype=node["dtype"], count=count, offset=node["offset"])
    return node.get("shift", 0) + node.get("scale", 1) * stored.reshape(node["shape"]).astype(np.float64)


def _read_message(message: bytes) -> dict:
    """A plane's message: uint32 header length, JSON header, payload (offsets count from its start)."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length].decode("utf-8"))
    return _unpacked(header, message[4 + length :])


def _read_scene(message: bytes) -> dict:
    """The header in its groups, completed with what the contract says, as the browser does it."""
    header = _read_message(message)
    groups = {group: {**told, **header.get(group, {})} for group, told in CONTRACT["header"].items()}
    picture = groups["picture"]
    picture["layers"] = [
        {**CONTRACT["layers"][layer["kind"]]["defaults"], **layer} for layer in picture["layers"]
    ]
    picture["timeline"] = picture["timeline"] and {**CONTRACT["timeline"]["defaults"], **picture["timeline"]}
    return {"name": header["name"], **groups}


@pytest.fixture(scope="session")
def read_message():
    return _read_message


@pytest.fixture(scope="session")
def read_scene():
    return _read_scene


class Queue(Executor):
    """Does what was submitted when the test says so."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, *arguments):
        future = Future()
        self.waiting.append(lambda: future.set_result(work(*arguments)))
        return future

    def run_one(self):
        self.waiting.pop(0)()

    def run_all(self):
        while self.waiting:
            self.run_one()


@pytest.fixture
def queue():
    return Queue()
