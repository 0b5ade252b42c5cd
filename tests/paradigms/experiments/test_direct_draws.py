"""Drawing without a chain: the areas, the quantiles, and the two formulas of the curse of dimension."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.experiments import direct_draws

BANANA = registry.targets()["banana"].distribution


def test_as_many_darts_stay_as_the_areas_say():
    found = [direct_draws.darts(BANANA, seed=seed) for seed in range(5)]
    assert np.mean([each.rate for each in found]) == pytest.approx(found[0].expected, rel=0.1)


def test_a_dart_that_stays_lies_still_from_then_on():
    positions = direct_draws.darts(BANANA).path.positions
    moves = (np.diff(positions, axis=0) != 0).any(axis=2)
    at_rest = ~moves[-1]
    assert 0 < at_rest.mean() < 1
    last_move = np.array([np.flatnonzero(dart)[-1] for dart in moves.T])
    assert all(moves[: last + 1, dart].all() for dart, last in enumerate(last_move)), (
        "until then it is thrown"
    )


def test_first_one_coordinate_and_then_the_other():
    positions = direct_draws.one_coordinate_after_the_other(BANANA).positions
    middle = len(positions) // 2
    assert (positions[:middle, :, 1] == -4).all()
    np.testing.assert_array_equal(
        positions[middle:, :, 0], positions[[middle] * (len(positions) - middle), :, 0]
    )
    assert np.abs(positions[-1].mean(axis=0)).max() < 0.3


def test_a_spread_that_suits_is_worth_more():
    worth = {spread: direct_draws.weighed(BANANA, spread=spread)[2] for spread in (0.4, 1.8)}
    assert worth[1.8] > 3 * worth[0.4]


def test_the_curse_is_that_of_the_formulas():
    """To four standard errors of a share; the weights' own to a tenth as long as many draws count."""
    found = direct_draws.curse_of_dimension()
    error = np.sqrt(found.accepted_formula / found.n)
    assert (np.abs(found.accepted - found.accepted_formula) < 4 * error + 1e-9).all()
    np.testing.assert_allclose(found.worth[:8], found.worth_formula[:8], rtol=0.1)
    assert found.accepted[-1] == 0
