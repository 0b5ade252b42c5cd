"""A spec is a small key: equal data, equal spec, and the same data set every time."""

import subprocess
import sys

import numpy as np
import pytest

from paradigms import registry
from paradigms.data.bad_data import BadData
from paradigms.data.dataset_spec import DatasetSpec

X = np.array([[0.0, 1.0], [-3.5, 3.9], [2.0, -2.0]])


@pytest.mark.parametrize("name", registry.presets())
def test_every_preset_gives_its_data_set(name):
    dataset = DatasetSpec(name, size=100).dataset()
    assert len(dataset) == 100 and dataset.class_names == registry.presets()[name].class_names
    assert dataset.truth.log_joint(dataset.X).shape == (100, len(dataset.class_names))
    again = DatasetSpec(name, size=100).dataset()
    np.testing.assert_array_equal(dataset.X, again.X)
    np.testing.assert_array_equal(dataset.held_out_mask, again.held_out_mask)


def test_the_presets_own_settings_make_an_equal_spec():
    preset = registry.presets()["imbalanced"]
    plain, explicit = DatasetSpec("imbalanced"), DatasetSpec("imbalanced", noise=preset.noise, balance=0.95)
    assert plain == explicit and hash(plain) == hash(explicit) and plain.digest == explicit.digest


def test_every_setting_changes_the_digest():
    changes = [
        {"preset": "xor"},
        {"size": 401},
        {"noise": 0.3},
        {"balance": 0.4},
        {"label_noise": 0.1},
        {"seed": 1},
        {"class_names": ("left", "right")},
    ]
    digests = {DatasetSpec(**change).digest for change in [{}, *changes]}
    assert len(digests) == len(changes) + 1
    assert DatasetSpec.of_points(X, [0, 1, 0]).digest != DatasetSpec.of_points(X, [0, 1, 1]).digest


def test_the_digest_is_the_same_in_another_process():
    program = "from paradigms.data.dataset_spec import DatasetSpec; print(DatasetSpec('xor', seed=3).digest)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == DatasetSpec("xor", seed=3).digest


def test_numbers_out_of_range_are_moved_into_it():
    spec = DatasetSpec("moons", size=10**9, noise=50, balance=-1, label_noise=2, seed=-5)
    assert (spec.size, spec.noise, spec.balance, spec.label_noise, spec.seed) == (5000, 1.0, 0.01, 0.5, 0)
    assert len(spec.dataset()) == 5000


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "no such thing"},
        {"preset": None},
        {"drawn": b""},
        {"preset": None, "drawn": b"1234"},
        {"noise": float("nan")},
        {"size": "many"},
        {"seed": [1]},
        {"size": 10**400},
        {"class_names": ("a", "b", "c", "d", "e")},
    ],
)
def test_bad_settings_are_one_sentence(wrong):
    with pytest.raises(BadData, match=r"^[A-Z][^\n]+\.$"):
        DatasetSpec(**wrong)


def test_drawn_points_come_back():
    spec = DatasetSpec.of_points(X, [0, 2, 0], ("left",), seed=4)
    dataset = spec.dataset()
    np.testing.assert_allclose(dataset.X, X, atol=1.3e-4)  # half a step of 16/65535
    assert dataset.y.tolist() == [0, 2, 0] and dataset.class_names == ("left", "B", "C")
    assert dataset.truth is None and dataset.seed == 4


def test_only_the_seed_counts_beside_drawn_points():
    drawn = DatasetSpec.of_points(X, [0, 1, 1]).drawn
    assert DatasetSpec(None, size=7, noise=0.3, label_noise=0.2, drawn=drawn) == DatasetSpec(
        None, drawn=drawn
    )


def test_an_empty_canvas():
    spec = DatasetSpec.of_points(np.zeros((0, 2)), np.zeros(0, dtype=int))
    assert len(spec.dataset()) == 0 and spec.class_names == ("A",)


def test_class_names_are_one_short_line():
    spec = DatasetSpec.of_points(X, [0, 1, 2], ("a\nb\x00", "‮" + "x" * 100, "  "))
    assert spec.class_names == ("a b", "x" * 24, "C")
