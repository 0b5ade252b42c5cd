"""Letters for the classes that nobody named."""

import itertools

import numpy as np
import pytest

from paradigms.data.class_names import completed
from paradigms.data.dataset_spec import DatasetSpec


@pytest.mark.parametrize(
    "names, all_four",
    [
        ((), "ABCD"),
        (("cat", "dog"), ["cat", "dog", "C", "D"]),
        (("C",), "CBAD"),
        (("B", "D"), "BDCA"),
        (("D", "C", "B", "A"), "DCBA"),
    ],
)
def test_free_class_indices_have_their_own_letter_or_another_one(names, all_four):
    assert completed(names) == tuple(all_four)


def test_no_letter_names_two_classes():
    for n in range(5):
        for names in itertools.permutations("ABCDE", n):
            assert len(set(completed(names))) == 4


def test_a_class_that_is_drawn_beside_named_ones_gets_a_free_letter():
    spec = DatasetSpec.of_points(np.zeros((3, 2)), np.array([0, 1, 2]), ("B", "C"))
    assert spec.class_names == ("B", "C", "A")
