"""The store of results: the same answer for the same question, and never more bytes than it may take."""

import numpy as np
import torch

from jobs.size import size_in_bytes
from jobs.store import Store

KILOBYTES_8 = np.zeros(1000)


def test_there_is_room_for_so_many_bytes_and_the_least_asked_for_goes():
    store = Store(most_bytes=3.5 * 8000)
    for key in range(3):
        store.put(key, KILOBYTES_8.copy())
    assert store.get(0) is not None
    store.put(3, KILOBYTES_8.copy())
    assert [key for key in range(4) if store.get(key) is not None] == [0, 2, 3]
    store.put("large", [np.zeros(2000)])
    assert [key for key in range(4) if store.get(key) is not None] == [3]
    assert store.get("large") is not None


def test_what_is_larger_than_the_store_is_not_kept_and_costs_nothing():
    store = Store(most_bytes=8500)
    store.put("small", np.zeros(10))
    store.put("too large", np.zeros(5000))
    assert store.get("too large") is None and store.get("small") is not None


def test_a_value_that_is_replaced_is_counted_once():
    store = Store(most_bytes=20_000)
    for _ in range(10):
        store.put("a", KILOBYTES_8.copy())
    store.put("b", KILOBYTES_8.copy())
    assert store.get("a") is not None and store.get("b") is not None


def test_a_value_is_made_once_for_all_who_ask():
    store, made = Store(), []
    for _ in range(3):
        assert store.remember("a", lambda: made.append(1) or "value") == "value"
    assert made == [1]
    store.clear()
    store.remember("a", lambda: made.append(1) or "value")
    assert made == [1, 1]


def test_a_tensor_counts_with_its_numbers_and_a_view_with_what_it_is_a_view_of():
    tensor, view = torch.zeros(1000), KILOBYTES_8[:2]
    assert 4000 <= size_in_bytes(tensor) < 5000
    assert 8000 <= size_in_bytes([view, KILOBYTES_8]) < 9000
