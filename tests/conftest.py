"""What several folders of tests need: to read what the app sends to its planes."""

import json
import struct

import numpy as np
import pytest


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
    return node["shift"] + node["scale"] * stored.reshape(node["shape"]).astype(np.float64)


def _read_message(message: bytes) -> dict:
    """A plane's message: uint32 header length, JSON header, payload (offsets count from its start)."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length].decode("utf-8"))
    return _unpacked(header, message[4 + length :])


@pytest.fixture(scope="session")
def read_message():
    return _read_message
