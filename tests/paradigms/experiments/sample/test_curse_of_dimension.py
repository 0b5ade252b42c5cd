"""What many dimensions do is measured, and agrees with the formulas."""

import numpy as np

from paradigms.experiments.sample.curse_of_dimension import curse_of_dimension


def test_the_curse_is_that_of_the_formulas():
    """To four standard errors of a share; the weights' own to a tenth as long as many draws count."""
    found = curse_of_dimension()
    error = np.sqrt(found.accepted_formula / found.n)
    assert (np.abs(found.accepted - found.accepted_formula) < 4 * error + 1e-9).all()
    np.testing.assert_allclose(found.effective[:8], found.effective_formula[:8], rtol=0.1)
    assert found.accepted[-1] == 0
    assert not found.accepted[found.first_without - 1 :].any() and found.accepted[found.first_without - 2]
