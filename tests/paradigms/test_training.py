import numpy as np
import pytest
import torch

from paradigms.training import LossHistory, Progress, TrainingDiverged, constant, cosine, gradient_steps


def quadratic(parameter):
    return lambda rows: {"distance": ((rows - parameter) ** 2).sum(dim=1).mean()}


def drain(parameter, losses_of, data, **settings):
    defaults = {"n_steps": 400, "batch_size": 1000, "learning_rate": 0.05}
    generator = torch.Generator().manual_seed(0)
    return list(gradient_steps([parameter], losses_of, (data,), generator=generator, **defaults | settings))


def test_it_finds_the_minimum():
    """The point with the smallest mean squared distance to the data is their mean."""
    data = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    parameter = torch.nn.Parameter(torch.zeros(2))
    drain(parameter, quadratic(parameter), data, schedule=cosine)
    np.testing.assert_allclose(parameter.detach().numpy(), [2, 3], atol=1e-3)


def test_weight_decay_is_a_quadratic_penalty():
    """argmin |a − θ|² + λ|θ|²/2 is 2a / (2 + λ)."""
    parameter = torch.nn.Parameter(torch.zeros(1))
    drain(parameter, quadratic(parameter), torch.full((1, 1), 3.0), weight_decay=4.0, schedule=cosine)
    np.testing.assert_allclose(parameter.detach().numpy(), [1.0], atol=1e-3)


def test_the_first_adam_step_is_the_learning_rate_against_the_slope():
    """With bias correction the first step is α·g/|g| (Kingma & Ba 2015, algorithm 1)."""
    parameter = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    drain(parameter, quadratic(parameter), torch.zeros(1, 2), n_steps=1, learning_rate=0.1)
    np.testing.assert_allclose(parameter.detach().numpy(), [0.9, -1.9], atol=1e-6)


def test_every_row_is_seen_once_a_pass():
    parameter = torch.nn.Parameter(torch.zeros(1))
    seen = []

    def losses_of(rows):
        seen.append(rows[:, 0].tolist())
        return quadratic(parameter)(rows)

    drain(parameter, losses_of, torch.arange(10.0)[:, None], n_steps=6, batch_size=4)
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    passes = np.concatenate(seen).reshape(2, 10)
    np.testing.assert_array_equal(np.sort(passes, axis=1), [np.arange(10), np.arange(10)])
    assert not np.array_equal(*passes)


def test_divergence_stops_and_keeps_the_last_good_weights():
    parameter = torch.nn.Parameter(torch.zeros(1))
    values = []

    def losses_of(rows):
        values.append(parameter.item())
        bad = float("inf") if len(values) == 4 else 1.0
        return {"distance": quadratic(parameter)(rows)["distance"] * bad}

    with pytest.raises(TrainingDiverged, match="step 4") as stopped:
        drain(parameter, losses_of, torch.ones(1, 1))
    assert stopped.value.step == 4
    assert isinstance(stopped.value, ValueError)
    assert parameter.item() == values[2], "the weights of the last finite loss"


def test_a_finite_loss_with_an_infinite_slope_stops_too():
    parameter = torch.nn.Parameter(torch.zeros(1))
    with pytest.raises(TrainingDiverged, match="step 1"):
        drain(parameter, lambda rows: {"root": parameter.sqrt().sum()}, torch.ones(1, 1))
    assert parameter.item() == 0


def test_schedules():
    assert constant(0.3) == 1
    np.testing.assert_allclose([cosine(0), cosine(0.5), cosine(1)], [1, 0.5, 0], atol=1e-12)


def test_the_schedule_scales_the_steps():
    parameter = torch.nn.Parameter(torch.ones(1))
    drain(parameter, quadratic(parameter), torch.zeros(1, 1), n_steps=3, schedule=lambda progress: 0.0)
    assert parameter.item() == 1


def history_of(losses):
    history = LossHistory()
    for step, loss in enumerate(losses, start=1):
        history.add(Progress(step, len(losses), {"loss": loss, "twice": 2 * loss}))
    return history


def test_a_short_history_is_the_losses_themselves():
    curves = history_of([3.0, 1.0, 2.0]).curves()
    np.testing.assert_array_equal(curves["loss"], [3, 1, 2])
    np.testing.assert_array_equal(curves["twice"], [6, 2, 4])


def test_a_long_history_becomes_means_over_stretches():
    losses = np.random.default_rng(0).random(1000)
    curves = history_of(losses).curves(n_points=10)
    np.testing.assert_allclose(curves["loss"], losses.reshape(10, 100).mean(axis=1))


def test_no_history_has_no_curves():
    assert LossHistory().curves() == {}
