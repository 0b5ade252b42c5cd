"""The curves of the sampling pages: they show the numbers that they are given, with named axes."""

import numpy as np

from paradigms import registry
from paradigms.experiments.sample.curse_of_dimension import curse_of_dimension
from paradigms.experiments.sample.direct_draws import importance_on_a_line, rejection_on_a_line
from paradigms.experiments.sample.first_coordinate import FirstCoordinate
from paradigms.experiments.sample.likelihood import LikelihoodTrial
from paradigms.experiments.sample.reverse_process import StepTrial
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


def test_no_curve_is_left_out_however_many_there_are():
    many = {f"sampler {k}": np.full((9, 2), 0.1 * k) for k in range(9)}
    assert len(chains.autocorrelations({name: values[:, 0] for name, values in many.items()}).data) == 9
    assert len(chains.marginals(many, many["sampler 0"], column=0).data) == 1 + 9
    trials = {name: LikelihoodTrial(*values.T) for name, values in many.items()}
    assert len(denoising.likelihoods(trials).data) == 1 + 9


def test_the_bias_lies_on_its_formula():
    figure = chains.bias_of_the_step(np.array([1.0]), np.array([2.0]))
    line = dict(zip(figure.data[0].x.tolist(), figure.data[0].y.tolist(), strict=True))
    step = min(line, key=lambda x: abs(x - 1.0))
    assert abs(line[step] - 1 / (1 - step / 2)) < 1e-12 and figure.data[1].y[0] == 2.0


class Normal:
    def score_samples(self, X):
        return -0.5 * (X**2).sum(axis=1)


def test_heights_lead_to_their_quantiles():
    figure = drawing.distribution_function(FirstCoordinate(Normal()), np.array([0.5, 0.8413]))
    ends = [trace.x[-1] for trace in figure.data[2:]]
    np.testing.assert_allclose(ends, [0.0, 1.0], atol=0.001)
    on_f = np.interp(ends, figure.data[0].x, figure.data[0].y)
    np.testing.assert_allclose(on_f, [0.5, 0.8413], atol=0.001)


def test_accepted_proposals_lie_under_the_curve_and_have_another_shape():
    line = FirstCoordinate(registry.targets()["two_islands"].distribution)
    proposed = rejection_on_a_line(line)
    curve, envelope, stayed, refused = drawing.rejection_on_a_line(line, proposed).data
    for trace, below in ((stayed, True), (refused, False)):
        assert ((trace.y < np.interp(trace.x, curve.x, curve.y)) == below).mean() > 0.98, "but for drawing"
    assert len(stayed.x) + len(refused.x) == len(proposed.x) and len(stayed.x) == proposed.accepted.sum()
    assert {stayed.marker.symbol, refused.marker.symbol} == {"circle", "x"}
    assert (stayed.name, refused.name) == ("stayed", "refused") and max(curve.y) < envelope.y[0]


def test_every_draw_has_a_stem_as_high_as_its_weight():
    line = FirstCoordinate(Normal())
    weighed = importance_on_a_line(line, spread=4.0)
    p, q, stems, tops = drawing.weights_of_draws(line, weighed).data
    np.testing.assert_array_equal(tops.x, weighed.draws)
    np.testing.assert_array_equal(tops.y, weighed.weights)
    np.testing.assert_array_equal(np.reshape(stems.y, (-1, 3))[:, :2], np.stack([0 * tops.y, tops.y], axis=1))
    assert min(p.x) <= weighed.draws.min() and weighed.draws.max() <= max(p.x), "all are seen"
    np.testing.assert_allclose(max(q.y), 1 / (4 * np.sqrt(2 * np.pi)))


def test_shares_of_nought_are_not_drawn_on_a_logarithmic_scale():
    found = curse_of_dimension(n=1000)
    measured = drawing.curse(found).data[1]
    assert (np.asarray(measured.y) > 0).all() and len(measured.y) == np.count_nonzero(found.accepted)


def test_every_sampler_has_a_curve_of_its_own_look():
    numbers = np.array([1.0, 2.0])
    trials = [
        StepTrial(numbers, *[dict.fromkeys(names, numbers)] * 3, floor=0.1)
        for names in (["a", "b", "c", "d", "e"], ["f", "g"])
    ]
    lines = denoising.quality_against_steps(*trials).data
    assert [line.name for line in lines] == list("abcdefg")
    assert len({(line.line.dash, line.marker.symbol) for line in lines}) == 7


def test_likelihoods_lie_on_the_line_where_both_agree():
    exact = np.array([-3.0, -1.0])
    diagonal, dots = denoising.likelihoods({"mixture": LikelihoodTrial(exact, exact)}).data
    assert list(diagonal.x) == list(diagonal.y) == [-3, -1]
    np.testing.assert_array_equal(dots.x, dots.y)
