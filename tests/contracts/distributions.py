"""The distributions that the contracts run over, and the data that they are fitted to."""

import inspect
from functools import cache

import numpy as np
from scipy.stats import norm
from sklearn.base import clone

from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.protocols import DensityModel, JointModel

DENSITIES = list(registry.that_can(DensityModel))
LIFTED = list(registry.lifted())
JOINTS = [*registry.that_can(JointModel), *LIFTED]
WAYS = [(name, False) for name in DENSITIES] + [(name, True) for name in LIFTED]  # (name, behind Bayes' rule)
FINE_AXIS = grid.axis(160, half_width=6.0)  # cells of 0.075, a third of the noise of the moons
SHELLS = 6.0 * 2.0 ** np.arange(1, 13)  # half widths of the squares around the fine grid's, to 24,576


# These get their usual training, half a second: the solver of their density is good to a hundredth once the
# network has become smooth.
LEARN_AS_USUAL = ("diffusion", "flow_matching", "score_based")


def create(name, joint=False, n_steps=None):
    """An unfitted model that learns in a moment; with ``joint``, a blind density behind Bayes' rule."""
    parameters = inspect.signature(registry.cards()[name].estimator).parameters
    if n_steps is None and name not in LEARN_AS_USUAL:
        n_steps = 200
    brief = "n_steps" in parameters and n_steps is not None
    model = registry.create(name, **({"n_steps": n_steps} if brief else {}))
    return BayesRule(model) if joint and name in LIFTED else model


@cache
def learned(name, joint=False):
    """The model fitted to the moons; once fitted it never changes, so that all tests may share it."""
    return create(name, joint).fit(*moons())


@cache
def log_density_nearby(name, joint=False):
    """log p of that model on the fine grid, ``(240, 240)``; for some a matter of seconds."""
    return grid.log_density(learned(name, joint), FINE_AXIS, FINE_AXIS)


def mass_beyond(log_density):
    """The integral of a density of points outside the fine grid, by square shells that double in width.

    A Gaussian has nothing there and a heavy tail a few hundredths, which cells of a fortieth of a shell give
    to a thousandth.
    """
    total = 0.0
    for half_width in SHELLS:
        axis = grid.axis(40, half_width)
        places = grid.points(axis, axis)
        shell = places[np.abs(places).max(axis=1) > half_width / 2]
        total += np.exp(log_density(shell)).sum() * (axis[1] - axis[0]) ** 2
    return total


def as_usual(model):
    """An unfitted copy that trains for as long as it does by default."""
    inner = getattr(model, "density", model)
    usual = type(inner)().get_params().get("n_steps")
    changed = {} if usual is None else {"density__n_steps" if inner is not model else "n_steps": usual}
    return clone(model).set_params(**changed)


def moons(n=400, seed=0):
    """Two interleaved half circles of radius 2 with noise 0.2, as scikit-learn's, in plane units."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    angle = np.pi * rng.random(n)
    X = 2 * np.column_stack([np.cos(angle), np.sin(angle)])
    X[y == 1] = np.array([2.0, 1.0]) - X[y == 1]
    return X - [1.0, 0.5] + 0.2 * rng.standard_normal((n, 2)), y


def numerical_gradient(function, X, step=1e-4):
    """Central differences of a function of points, ``(n, d)``."""
    gradient = np.empty_like(X)
    for j, direction in enumerate(step * np.eye(X.shape[1])):
        gradient[:, j] = (function(X + direction) - function(X - direction)) / (2 * step)
    return gradient


def noised_by_quadrature(log_density, X, sigma):
    """log p_σ(x) and E[ε | x] for x = x₀ + σε by the midpoint rule over x₀ on a fine grid, two columns.

    p_σ(x) = ∫ p(x₀) N(x; x₀, σ²I) dx₀ and E[ε | x] = ∫ (x − x₀)/σ p(x₀) N(x; x₀, σ²I) dx₀ / p_σ(x).
    """
    axis = grid.axis(500, half_width=10.0)
    mass = np.exp(log_density(grid.points(axis, axis))).reshape(500, 500) * (axis[1] - axis[0]) ** 2
    noise = (X[:, None, :] - axis[:, None]) / sigma  # (n, 500, 2)
    along_x, along_y = np.moveaxis(norm.pdf(noise) / sigma, 2, 0)
    over_rows, over_columns = along_y @ mass, along_x @ mass.T
    total = (over_rows * along_x).sum(axis=1)
    mean_noise = [(over_rows * along_x * noise[:, :, 0]).sum(axis=1)]
    mean_noise.append((over_columns * along_y * noise[:, :, 1]).sum(axis=1))
    return np.log(total), np.column_stack(mean_noise) / total[:, None]


def energy_distance(X, Z):
    """2 E|X − Z| − E|X − X'| − E|Z − Z'| (Székely and Rizzo, 2004); 0 only for equal distributions."""

    def mean_distance(A, B):
        return np.sqrt(((A[:, None] - B) ** 2).sum(axis=2)).mean()

    return 2 * mean_distance(X, Z) - mean_distance(X, X) - mean_distance(Z, Z)
