"""Q is 1 for fresh data, and grows with every fault that samples can have."""

import numpy as np
import pytest

from paradigms.evaluation.quality import QualityScale


def islands(n, rng, weight=0.5, spread=0.3):
    centres = np.where(rng.random((n, 1)) < weight, [[-2.0, 1.0]], [[2.0, 0.0]])
    return centres + spread * rng.standard_normal((n, 2))


@pytest.fixture(scope="module")
def scale():
    rng = np.random.default_rng(0)
    return QualityScale([islands(1000, rng) for _ in range(6)])


def test_fresh_data_have_quality_one(scale):
    rng = np.random.default_rng(1)
    qualities = [scale.quality(islands(1000, rng)) for _ in range(8)]
    assert np.exp(np.mean(np.log(qualities))) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(
    "fault", [{"weight": 0.7}, {"spread": 0.45}, {"spread": 0.15}], ids=["shares", "blurred", "too narrow"]
)
def test_every_fault_is_seen(scale, fault):
    assert scale.quality(islands(1000, np.random.default_rng(2), **fault)) > 1.7


def test_it_is_the_geometric_mean_of_three_ratios_and_knows_no_units(scale):
    samples = islands(1000, np.random.default_rng(3), weight=0.6)
    ratios = scale.ratios(samples)
    assert ratios.shape == (3,)
    assert scale.quality(samples) == pytest.approx(np.prod(ratios) ** (1 / 3))
    rng = np.random.default_rng(0)
    stretched = QualityScale([islands(1000, rng) * [100.0, 0.01] + 7 for _ in range(6)])
    np.testing.assert_allclose(stretched.ratios(samples * [100.0, 0.01] + 7), ratios)
