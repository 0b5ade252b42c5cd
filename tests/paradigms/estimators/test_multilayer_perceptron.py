import numpy as np
import pytest
import torch

from paradigms.estimators.multilayer_perceptron import load_weights, multilayer_perceptron, weights_to_arrays


def network(seed=0, sizes=(3, 50, 40, 2)):
    return multilayer_perceptron(sizes, torch.Generator().manual_seed(seed))


def test_the_generator_decides_and_the_global_one_is_left_alone():
    before = torch.random.get_rng_state()
    one, same, other = (weights_to_arrays(network(seed), "") for seed in (0, 0, 1))
    assert torch.equal(before, torch.random.get_rng_state())
    np.testing.assert_array_equal(one["0.weight"], same["0.weight"])
    assert not np.array_equal(one["0.weight"], other["0.weight"])


def test_weights_start_uniform_within_glorots_bound():
    """U(±√(6/(n_in + n_out))), Glorot & Bengio (2010), eq. 16: its variance is 2/(n_in + n_out)."""
    arrays = weights_to_arrays(network(sizes=(300, 200)), "")
    assert np.abs(arrays["0.weight"]).max() <= np.sqrt(6 / 500)
    assert arrays["0.weight"].var() == pytest.approx(2 / 500, rel=0.02)
    assert not arrays["0.bias"].any()


def test_weights_come_back_as_they_were():
    X = torch.linspace(-1, 1, 12).reshape(4, 3)
    one, other = network(0), network(1)
    assert not torch.equal(one(X), other(X))
    load_weights(other, weights_to_arrays(one, "net."), "net.")
    assert torch.equal(one(X), other(X))


def test_the_output_is_what_the_formula_says():
    arrays = weights_to_arrays(network(sizes=(3, 4, 2)), "")
    X = np.linspace(-1, 1, 12).reshape(4, 3)
    hidden = np.tanh(X @ arrays["0.weight"].T + arrays["0.bias"])
    expected = hidden @ arrays["2.weight"].T + arrays["2.bias"]
    actual = network(sizes=(3, 4, 2))(torch.tensor(X, dtype=torch.float32)).detach().numpy()
    np.testing.assert_allclose(actual, expected, atol=1e-6)
