"""The written-out passes against torch's automatic differentiation, and Adam against torch's."""

import numpy as np
import pytest
import torch

from paradigms.diffusion.denoising_network import N_FREQUENCIES, DenoisingNetwork, learn
from paradigms.training import TrainingDiverged


def network(n_columns=2, n_classes=3, seed=0):
    """With all its weights away from 0, in double precision so that nothing is lost to rounding."""
    rng = np.random.default_rng(seed)
    untrained = DenoisingNetwork.untrained(n_columns, n_classes, rng)
    weights = untrained.weights + 0.1 * rng.standard_normal(len(untrained.weights))
    return DenoisingNetwork(n_columns, n_classes, weights)


def batch(net, n=40, seed=1):
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((n, net.n_columns))
    log_sigma = rng.uniform(-3, 2, (n, 1))
    return z, net.features(z, log_sigma, rng.integers(net.n_classes + 1, size=n)).astype(float)


def in_torch(net, f, W1, W2, W3):
    h1 = torch.relu(f @ W1)
    h2 = torch.relu(torch.cat([f, h1], dim=1) @ W2)
    return torch.cat([f, h1, h2], dim=1) @ W3


@pytest.mark.parametrize(("n_columns", "n_classes"), [(2, 3), (2, 1), (5, 2)])
def test_the_backward_pass_is_autograd_s(n_columns, n_classes):
    net = network(n_columns, n_classes)
    _, f = batch(net)
    target = np.random.default_rng(2).standard_normal((len(f), n_columns))
    F, seen = net.forward(f)
    gradient = net.backward(seen, F - target)

    matrices = [torch.tensor(W, requires_grad=True) for W in (net.W1, net.W2, net.W3)]
    output = in_torch(net, torch.tensor(f), *matrices)
    (0.5 * (output - torch.tensor(target)) ** 2).sum().backward()
    np.testing.assert_allclose(F, output.detach().numpy(), rtol=1e-10)
    expected = np.concatenate([W.grad.numpy().ravel() for W in matrices])
    assert np.abs(expected).min(initial=np.inf, where=expected != 0) < 1 < np.abs(expected).max()
    np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("n_columns", [1, 2, 4])
def test_the_jacobian_is_autograd_s(n_columns):
    """∂F_i/∂z_j, through the waves too, whose vectors are read off the network's own features."""
    net = network(n_columns)
    z, f = batch(net)
    F, jacobian = net.with_jacobian(f)
    points = torch.tensor(z, requires_grad=True)
    phases = points @ torch.tensor(net._frequencies, dtype=torch.float64)
    rest = torch.tensor(f[:, n_columns + 2 * N_FREQUENCIES :])
    features = torch.cat([points, torch.sin(phases), torch.cos(phases), rest], dim=1)
    output = in_torch(net, features, *(torch.tensor(W) for W in (net.W1, net.W2, net.W3)))
    for j in range(n_columns):
        (gradient,) = torch.autograd.grad(output[:, j].sum(), points, retain_graph=True)
        np.testing.assert_allclose(jacobian[:, j], gradient.numpy(), rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(F, net(f))


def test_untrained_it_answers_nought_in_single_precision():
    net = DenoisingNetwork.untrained(2, 2, np.random.default_rng(0))
    features = net.features(np.ones((4, 2)), np.log(0.3), np.array([0, 1, 2, 0]))
    assert features.dtype == net(features).dtype == np.float32
    np.testing.assert_array_equal(net(features), 0)


def test_the_waves_are_turned_by_the_golden_angle_and_grow_from_a_half_to_eight():
    waves = network()._frequencies
    np.testing.assert_allclose(np.linalg.norm(waves, axis=0), np.geomspace(0.5, 8, 16), rtol=1e-6)
    turn = np.degrees(
        np.angle(waves[0, 1:] + 1j * waves[1, 1:]) - np.angle(waves[0, :-1] + 1j * waves[1, :-1])
    )
    np.testing.assert_allclose(turn % 360, 137.5078, atol=1e-3)


def test_its_classes_start_alike_and_any_class_has_no_mark():
    net = DenoisingNetwork.untrained(2, 3, np.random.default_rng(0))
    features = [net.features(np.ones((1, 2)), 0.0, np.array([k])) for k in range(4)]
    np.testing.assert_array_equal(
        [f[0, -4:] for f in features], [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1], [0, 0, 0, 1]]
    )
    assert not net.W1[-4:-1].any() and not net.W2[len(net.W1) - 4 : len(net.W1) - 1].any()


def test_adam_is_torch_s():
    """One weight vector, the same gradients and learning rates: torch.optim.Adam, Kingma & Ba (2015)."""
    net = network(n_classes=1)
    _, f = batch(net)
    target = np.random.default_rng(2).standard_normal((len(f), 2))
    matrices = [torch.tensor(W, requires_grad=True) for W in (net.W1, net.W2, net.W3)]
    optimiser = torch.optim.Adam(matrices, lr=1.0, betas=(0.9, 0.99), eps=1e-8)
    losses = []
    for step in range(1, 31):
        optimiser.param_groups[0]["lr"] = 0.01 * min(step / 20, 1) * (1 - (step - 1) / 30)
        optimiser.zero_grad()
        loss = ((in_torch(net, torch.tensor(f), *matrices) - torch.tensor(target)) ** 2).sum(dim=1).mean()
        loss.backward()
        losses.append(loss.item())
        optimiser.step()
    ours = [loss for _, loss, _ in learn(net, lambda: (f, target, 1.0), n_steps=30, learning_rate=0.01)]
    np.testing.assert_allclose(ours, losses, rtol=1e-3)  # our gradients are handed on in single precision
    assert ours[-1] < 0.7 * ours[0]


def test_a_loss_that_is_no_number_stops_the_training():
    net = network(n_classes=1)
    _, f = batch(net)
    steps = learn(net, lambda: (f, np.full((len(f), 2), np.nan), 1.0), n_steps=5, learning_rate=0.01)
    with pytest.raises(TrainingDiverged, match="step 1"):
        next(steps)
