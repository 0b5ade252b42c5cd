"""The curves of the sampling pages: they show the numbers that they are given, with named axes."""

import numpy as np

from paradigms.experiments.direct_draws import curse_of_dimension
from paradigms.figures import chains, denoising, drawing


def test_autocorrelations_and_marginals_show_their_arrays():
    curve = np.array([1.0, 0.5, 0.25])
    figure = chains.autocorrelations({"left": curve})
    np.testing.assert_array_equal(figure.data[0].y, curve)
    draws = np.random.default_rng(0).standard_normal((20_000, 2))
    figure = chains.marginals({"left": draws}, draws, column=1)
    widths = figure.data[0].x[1] - figure.data[0].x[0]
    assert abs(figure.data[0].y.sum() * widths - 1) < 0.01, "a density"
    assert "x₂" in figure.layout.xaxis.title.text


def test_the_bias_lies_on_its_formula():
    figure = chains.bias_of_the_step(np.array([1.0]), np.array([2.0]))
    line = dict(zip(figure.data[0].x.tolist(), figure.data[0].y.tolist(), strict=True))
    step = min(line, key=lambda x: abs(x - 1.0))
    assert abs(line[step] - 1 / (1 - step / 2)) < 1e-12 and figure.data[1].y[0] == 2.0


def test_heights_lead_to_their_quantiles():
    axis = np.linspace(-4, 4, 801)
    figure = drawing.distribution_function(axis, np.exp(-0.5 * axis**2), np.array([0.5, 0.8413]))
    ends = [trace.x[-1] for trace in figure.data[2:]]
    np.testing.assert_allclose(ends, [0.0, 1.0], atol=0.02)


def test_shares_of_nought_are_not_drawn_on_a_logarithmic_scale():
    found = curse_of_dimension(n=1000)
    measured = drawing.curse(found).data[1]
    assert (np.asarray(measured.y) > 0).all() and len(measured.y) == np.count_nonzero(found.accepted)


def test_what_is_left_of_the_data_is_drawn_step_by_step():
    figure = denoising.alpha_bars(np.array([0.9, 0.5, 0.1]))
    assert list(figure.data[0].x) == [1, 2, 3] and figure.layout.yaxis.type == "log"
