"""The data set's own promises: what it refuses, and what its split keeps."""

import numpy as np
import pytest

from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset


def _dataset(y, seed=0, names=("A", "B", "C", "D")):
    y = np.asarray(y, dtype=int)
    return Dataset(np.arange(2.0 * len(y)).reshape(-1, 2), y, names, seed=seed)


def test_an_empty_canvas_is_a_data_set():
    empty = Dataset([], [], ("A",))
    assert empty.X.shape == (0, 2) and empty.train[0].shape == (0, 2) and empty.held_out[1].shape == (0,)


def test_arrays_are_copies_and_read_only():
    X = np.zeros((6, 2))
    dataset = Dataset(X, np.zeros(6, dtype=int), ("A",))
    X[0] = 7
    assert dataset.X[0, 0] == 0
    for array in (dataset.X, dataset.y, *dataset.train, *dataset.held_out, dataset.held_out_mask):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("X", "y", "names"),
    [
        (np.zeros((3, 3)), [0, 0, 0], ("A",)),
        (np.zeros(4), [0, 0], ("A",)),
        (np.zeros((3, 2)), [0, 0], ("A",)),
        (np.zeros((5001, 2)), np.zeros(5001, dtype=int), ("A",)),
        (np.zeros((1, 2)), [0], ()),
        (np.zeros((1, 2)), [0], ("A", "B", "C", "D", "E")),
        ([[np.nan, 0]], [0], ("A",)),
        ([[np.inf, 0]], [0], ("A",)),
        (np.zeros((1, 2)), [1], ("A",)),
        (np.zeros((1, 2)), [-1], ("A",)),
        (np.zeros((1, 2)), [0.5], ("A",)),
    ],
)
def test_bad_input_is_one_sentence(X, y, names):
    with pytest.raises(BadData, match=r"^[A-Z][^\n]+\.$"):
        Dataset(X, y, names)


@pytest.mark.parametrize("count", range(5, 60))
def test_each_class_holds_out_two_in_five(count):
    held_out = _dataset([0] * count + [2] * 25).held_out_mask
    assert abs(held_out[:count].sum() - 0.4 * count) < 1
    assert held_out[count:].sum() == 10


def test_both_parts_together_are_the_whole():
    dataset = _dataset(np.random.default_rng(0).integers(0, 4, 200))
    both = np.concatenate([dataset.train[0], dataset.held_out[0]])
    assert len(both) == 200 and set(map(tuple, both)) == set(map(tuple, dataset.X))


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_one_more_point_moves_nobody_else(seed):
    y = np.random.default_rng(seed).integers(0, 3, 120)
    whole = _dataset(y, seed).held_out_mask
    for n in range(40, 120):  # every class has its five by then
        assert (_dataset(y[:n], seed).held_out_mask == whole[:n]).all()


def test_the_seed_decides():
    y = np.zeros(100, dtype=int)
    assert (_dataset(y, 1).held_out_mask == _dataset(y, 1).held_out_mask).all()
    assert (_dataset(y, 1).held_out_mask != _dataset(y, 2).held_out_mask).any()
    two_classes = _dataset(np.repeat([0, 1], 100)).held_out_mask
    assert (two_classes[:100] != two_classes[100:]).any()


def test_every_place_in_a_block_has_its_chance():
    places = _dataset(np.zeros(5000, dtype=int)).held_out_mask.reshape(-1, 5).mean(axis=0)
    np.testing.assert_allclose(places, [1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3], atol=0.06)


def test_a_small_class_goes_into_training_whole():
    dataset = _dataset([0] * 20 + [1] * 4 + [2] * 5)
    assert dataset.whole_classes == (1,)
    assert not dataset.held_out_mask[20:24].any()
    assert dataset.held_out_mask[24:].sum() == 2
    assert dataset.class_counts.tolist() == [20, 4, 5, 0]
