import numpy as np
from scipy.stats import norm

from paradigms.densities.standard_normal import StandardNormal


def test_it_is_the_normal_density_but_for_its_constant():
    X = np.random.default_rng(0).normal(size=(20, 3))
    difference = StandardNormal().score_samples(X) - norm.logpdf(X).sum(axis=1)
    np.testing.assert_allclose(difference, 1.5 * np.log(2 * np.pi))
    np.testing.assert_array_equal(StandardNormal().log_density_gradient(X), -X)
