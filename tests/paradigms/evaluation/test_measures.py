import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from paradigms.evaluation.measures import accuracy, familiarity, log_loss, mean_log_density


@pytest.fixture
def answers():
    rng = np.random.default_rng(0)
    return np.array(["a", "b", "c"])[rng.integers(3, size=50)], rng.dirichlet([1, 1, 1], size=50)


def test_accuracy_against_scikit_learn(answers):
    y, probabilities = answers
    predicted = np.array(["a", "b", "c"])[probabilities.argmax(axis=1)]
    assert accuracy(y, predicted) == metrics.accuracy_score(y, predicted)


def test_log_loss_against_scikit_learn(answers):
    y, probabilities = answers
    assert log_loss(y, probabilities, ["a", "b", "c"]) == pytest.approx(metrics.log_loss(y, probabilities))


def test_log_loss_of_a_coin_is_log_two():
    assert log_loss([0, 1, 1], np.full((3, 2), 0.5), [0, 1]) == pytest.approx(np.log(2))


def test_log_loss_of_the_impossible_is_finite():
    """−log 1e-15 = 34.54; half of the labels are certain and right, half are not possible."""
    certain = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert log_loss([0, 1], certain, [0, 1]) == pytest.approx(0.5 * 34.5388, abs=1e-4)


@pytest.mark.parametrize("unknown", [-1, 2, 5])
def test_a_label_that_the_model_never_met_pays_the_floor(unknown):
    probabilities = np.array([[0.5, 0.5], [0.5, 0.5]])
    expected = 0.5 * (np.log(2) - np.log(1e-15))
    assert log_loss([0, unknown], probabilities, [0, 3]) == pytest.approx(expected)


def test_mean_log_density_estimates_the_negative_entropy():
    """E log p(x) under p itself is minus its entropy: −log(2πe)/2 for a standard normal."""
    x = stats.norm.ppf((np.arange(10_000) + 0.5) / 10_000)
    assert mean_log_density(stats.norm.logpdf(x)) == pytest.approx(-stats.norm.entropy(), abs=1e-3)


def test_familiarity_counts_what_is_at_most_as_likely():
    held_out = np.array([-3.0, -1.0, -2.0, -2.0])
    np.testing.assert_allclose(
        familiarity(np.array([-9.0, -3.0, -2.0, -1.5, 0.0]), held_out), np.array([1, 2, 4, 4, 5]) / 5
    )


@pytest.mark.parametrize("level", [-5000.0, -3.0, 0.0, 1e-6, 12.0])
def test_log_densities_that_differ_by_rounding_are_tied(level):
    """Single precision is good for seven digits: 1e-6 of the value, or of 1, is no difference."""
    held_out = level + max(1, abs(level)) * np.append(1e-6 * np.linspace(-1, 1, 9), 0.001)
    assert familiarity(np.array([level]), held_out)[0] == pytest.approx(10 / 11)


def test_where_nothing_can_be_nothing_is_less_likely():
    assert familiarity(np.array([-np.inf]), np.array([-np.inf, -1.0, 2.0]))[0] == 0.5


def test_of_points_like_the_held_out_ones_a_share_alpha_is_at_most_that_familiar():
    """Validity of a conformal p-value: P(p ≤ α) ≤ α, with equality where (n + 1)α is whole."""
    rng = np.random.default_rng(1)
    scores = rng.standard_normal((4000, 20))
    p = np.array([familiarity(row[:1], row[1:])[0] for row in scores])  # n + 1 = 20
    assert np.mean(p <= 0.05) == pytest.approx(0.05, abs=0.012)
    assert np.mean(p <= 0.5) == pytest.approx(0.5, abs=0.025)


@pytest.mark.parametrize("n_places", [2, 8, 30])
@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_that_holds_for_tied_points_too(n_places, alpha):
    rng = np.random.default_rng(2)
    scores = rng.choice(n_places, p=rng.dirichlet(np.ones(n_places)), size=(4000, 40)).astype(float)
    scores *= 1 + 1e-9 * rng.standard_normal(scores.shape)
    p = np.array([familiarity(row[:1], row[1:])[0] for row in scores])
    assert np.mean(p <= alpha) <= alpha + 3 * np.sqrt(alpha * (1 - alpha) / len(p))


def test_with_nothing_held_out_everything_is_familiar():
    np.testing.assert_array_equal(familiarity(np.array([-5.0]), np.array([])), [1.0])
