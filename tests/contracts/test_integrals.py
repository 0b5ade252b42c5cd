"""What is shown of every exact density is right on few and narrow points: its integral and its lines."""

import numpy as np
import pytest
from distributions import JOINTS, create, moons

from paradigms import grid
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.densities.grid_interpolation import Table
from paradigms.evaluation.mass_levels import CONTOUR_MASSES
from paradigms.fits.assessment import assess
from paradigms.scene import pictures

rng = np.random.default_rng(0)
BROAD = rng.normal([-1.0, -0.5], [0.7, 0.5], (100, 2))
DRAWN = {
    "a hundred of A and one of B": (np.vstack([BROAD, [[1.3, 1.1]]]), [0] * 100 + [1]),
    "ten on a cell's centre": (np.full((10, 2), 0.5), [0] * 10),
    "ten between centres": (np.full((10, 2), 0.51), [0] * 10),
    "a stroke": (np.column_stack([np.linspace(-0.4, 0.4, 60), np.full(60, 0.3)]), [0] * 60),
    "eight places": (np.repeat(rng.uniform(-2, 2, (8, 2)).round(1), 25, axis=0), [0] * 100 + [1] * 100),
    "a dozen": moons(12),
    "four": ([[-1.0, 0.0], [1.0, 0.5], [0.0, 1.5], [-0.5, -1.0]], [0] * 4),
    "two small clouds": (rng.normal(np.repeat([[-1, 0], [1, 0.5]], 60, axis=0), 0.05), [0] * 60 + [1] * 60),
}
DATA = {name: DatasetSpec.of_points(np.array(X), np.array(y)).dataset() for name, (X, y) in DRAWN.items()}
BRIEF = 60  # steps of training: what is shown has to be right of whatever was learned
# Their density is that of a solver, and slow to ask: of the points with the most abrupt guesses only.
BY_A_SOLVER = ("diffusion", "flow_matching")
MOST_ABRUPT = ("four",)


@pytest.mark.parametrize("name", JOINTS)
@pytest.mark.parametrize("points", DATA)
def test_the_integral_is_one_and_the_lines_hold_what_they_claim(name, points):
    data = DATA[points]
    slow = name in BY_A_SOLVER
    if slow and points not in MOST_ABRUPT:
        pytest.skip("slow to ask")
    model = create(name, joint=True, n_steps=300 if slow else BRIEF)
    if model.density_kind != "exact":
        pytest.skip("a bound, or known up to a constant only")
    model.fit(*data.train)
    shown = assess(model, data, seconds=0.0)
    X, _ = model.sample_joint(5000 if slow else 20_000, random_state=7)
    on_the_plane = (np.abs(X) < 4).all(axis=1)
    assert shown.density.integral == pytest.approx(on_the_plane.mean(), abs=0.01)
    masses = [mass for mass in CONTOUR_MASSES if mass not in shown.density.contours.left_out]
    field, lines = pictures.density(shown)
    drawn = Table(field.values[:, :, None], grid.HALF_WIDTH)(X[on_the_plane])[:, 0]
    for values in (model.score_samples(X[on_the_plane]), drawn):
        held = [(values > level).mean() for level in lines.levels]
        np.testing.assert_allclose(held, masses, atol=0.02)
