"""The landing page: everything on it can be used, on every preset, with every model."""

import numpy as np
import pytest

from pages.start.two_souls.recordings import WAYS
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.protocols import JointModel, Trainable
from paradigms.scene.layers import RINGED, SAMPLED

FUNCTIONS = [name for name, card in registry.cards().items() if card.paradigm != "generative"]
DISTRIBUTIONS = [name for name, card in registry.cards().items() if card.paradigm != "discriminative"]
DENSITIES = [*registry.lifted(), *registry.that_can(JointModel)]
LEARNED = registry.that_can(Trainable)
# What has to be taught first is slow; the others are tried each time.
SLOW_OR_QUICK = [pytest.param(name, marks=[pytest.mark.slow] * (name in LEARNED)) for name in DENSITIES]
UNKNOWN = "—"


def number(text):
    return float(text.replace("−", "-"))


def test_a_first_visit_shows_a_finished_result(playground):
    assert playground.at.title[0].value.startswith("Two Souls")
    assert list(playground.planes) == ["draw", "function", "distribution"]
    labels = [label for label, _ in playground.metrics]
    assert labels[:4] == labels[4:]
    values = [value for _, value in playground.metrics]
    assert values.count(UNKNOWN) == 1, "only the function's log-likelihood"
    assert values[2] == UNKNOWN
    accuracy, log_loss, log_likelihood = number(values[4]), number(values[5]), number(values[6])
    assert 0.8 < accuracy <= 1 and 0 < log_loss < 0.7 and -5 < log_likelihood < 0


def test_every_number_says_what_it_means(playground):
    assert all(len(metric.help) > 20 for metric in playground.at.metric)


def test_the_planes_show_the_same_points_and_say_so_in_words(playground, layers):
    places = [layers(scene, "points")[0]["xy"] for scene in playground.planes.values()]
    np.testing.assert_array_equal(places[0], places[1])
    np.testing.assert_array_equal(places[0], places[2])
    for scene in playground.planes.values():
        assert "two classes" in scene["alt"]
    assert "accuracy" in playground.planes["function"]["alt"]
    assert [scene["draw"] for scene in playground.planes.values()] == [True, False, False]
    assert [scene["probe"] for scene in playground.planes.values()] == [False, True, True]


def test_an_unchanged_rerun_sends_the_same_bytes(playground):
    before = playground.messages
    assert playground.run().messages == before


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_can_be_chosen(playground, name, layers):
    playground.choose("function_model", name)
    assert playground.at.session_state["function_model"] == name
    assert "p(y" in playground.text
    if name in registry.that_can(Trainable):
        playground.learned("function")
    values = layers(playground.planes["function"], "probability")[0]["values"]
    np.testing.assert_allclose(values.sum(axis=0), 1, atol=1e-3)
    assert number(playground.metrics[0][1]) > (0.4 if name in registry.that_can(Trainable) else 0.8)
    assert "No model" not in playground.planes["function"]["alt"]


@pytest.mark.parametrize("name", DENSITIES)
def test_every_density_can_be_chosen(playground, name, layers):
    playground.choose("distribution_model", name)
    learns = name in registry.that_can(Trainable)
    if learns:
        playground.learned("distribution")
    scene = playground.planes["distribution"]
    assert [layer["hue"] for layer in layers(scene, "contour")] == ["distribution"]
    assert [layer["hue"] for layer in layers(scene, "boundary")] == ["distribution"]
    density = np.exp(layers(scene, "density")[0]["values"])
    cell = (8 / density.shape[0]) ** 2
    # The picture is floored 60 below its peak; what that adds is far below a hundredth.
    if registry.cards()[name].estimator.density_kind == "exact":
        # What has hardly learned is broad, and some of it lies beside the plane.
        within = playground.job("distribution").latest().assessment.density.integral if learns else 1
        assert within > 0.7 and density.sum() * cell == pytest.approx(within, abs=0.03)
    assert number(playground.metrics[4][1]) > (0.4 if learns else 0.75)


@pytest.mark.parametrize("name", sorted(set(DISTRIBUTIONS) - set(DENSITIES)))
def test_a_model_without_a_density_shows_points_and_says_what_it_cannot(playground, name, layers):
    playground.choose("distribution_model", name).learned("distribution")
    scene = playground.planes["distribution"]
    assert not layers(scene, "density") and not layers(scene, "contour")
    drawn, made = layers(scene, "points")
    assert drawn["faded"] and (np.asarray(made["flags"]) == SAMPLED).all() and len(made["xy"]) == 300
    labels = [label for label, _ in playground.metrics[4:]]
    assert labels == ["accuracy", "log loss", "distance", "fit, ms"]
    assert [value for _, value in playground.metrics[4:6]] == [UNKNOWN, UNKNOWN]
    assert number(playground.metrics[6][1]) > 0
    assert "cannot say how likely a place is" in playground.text
    playground.choose("anomaly_quantile", 10)
    assert "no point is stranger" in playground.text
    playground.press("sample")
    (made,) = layers(playground.planes["distribution"], "points")
    assert len(made["xy"]) == 200


@pytest.mark.parametrize("name", registry.cards())
def test_every_control_of_a_model_can_be_turned_to_both_ends(playground, name):
    card = registry.cards()[name]
    playground.choose("function_model" if name in FUNCTIONS else "distribution_model", name)
    for control in card.controls:
        of_model = f"function_model_{name}" if card.paradigm == "hybrid" else name
        key = f"{of_model}_{control.parameter}"
        (widget,) = [widget for widget in playground.widgets if widget.key == key]
        original = widget.value
        if control.options:
            ends = control.options
        elif control.scale == "log":  # AppTest knows the stops as they are shown
            ends = [type(original)(float(stop)) for stop in (widget.options[0], widget.options[-1])]
        else:
            ends = (widget.min, widget.max)
        for end in ends:
            playground.choose(key, end)
        playground.choose(key, original)


@pytest.mark.parametrize("name", registry.presets())
def test_every_preset_can_be_chosen_and_its_truth_be_shown(playground, name, layers):
    playground.choose("preset", name)
    assert playground.at.session_state["spec"].preset == name
    assert UNKNOWN not in [value for _, value in playground.metrics[4:]]
    playground.choose("truth", True)
    hues = {layer["hue"] for layer in layers(playground.planes["distribution"], "contour")}
    assert hues == {"distribution", "truth"}
    assert "truth" in {layer["hue"] for layer in layers(playground.planes["function"], "boundary")}


def test_what_is_folded_away_is_made_when_it_is_opened_and_counts_when_it_is_closed(visit):
    visitor = visit()
    assert not any(visitor.has(key) for key in ("size", "csv_text", "logistic_regression_C"))
    visitor.open("settings", "function_model_controls")
    assert visitor.has("size") and visitor.has("logistic_regression_C") and not visitor.has("csv_text")
    before = visitor.metrics[:2]
    stops = visitor.at.select_slider(key="logistic_regression_C").options
    visitor.choose("size", 100).choose("logistic_regression_C", float(stops[0]))
    turned, shown = visitor.metrics[:2], visitor.planes["function"]["alt"]
    assert turned != before
    visitor.close("settings", "function_model_controls")
    assert not visitor.has("size") and not visitor.has("logistic_regression_C")
    assert (visitor.metrics[:2], visitor.planes["function"]["alt"]) == (turned, shown)
    assert visitor.choose("preset", "circles").at.session_state["spec"].size == 100
    visitor.open("settings", "function_model_controls")
    assert visitor.at.slider(key="size").value == 100
    assert visitor.at.select_slider(key="logistic_regression_C").value == float(stops[0])


def test_one_comes_back_to_the_preset_from_a_drawing(playground):
    playground.choose("preset", "circles").choose("size", 100)
    preset = playground.at.session_state["spec"]
    assert not playground.has("back_to_preset") and playground.has("truth")
    playground.having(spec=DatasetSpec.of_points(np.zeros((3, 2)), np.zeros(3, dtype=int)))
    assert playground.at.button(key="back_to_preset").label == "Back to Circles"
    assert not playground.has("truth"), "nobody knows the truth behind a drawing"
    revision = playground.planes["draw"]["revision"]
    playground.press("back_to_preset")
    assert playground.at.session_state["spec"] == preset
    assert playground.planes["draw"]["revision"] == revision + 1
    assert not playground.has("back_to_preset") and playground.has("truth")


def test_presets_in_a_row_count_the_revision_up_and_bring_their_own_settings(playground):
    revisions = []
    for name in ("circles", "imbalanced", "spiral"):
        playground.choose("preset", name)
        revisions.append(playground.planes["draw"]["revision"])
        preset = registry.presets()[name]
        assert playground.at.session_state["spec"].noise == preset.noise
        assert playground.at.slider(key="noise").value == pytest.approx(preset.noise)
    assert revisions == [1, 2, 3]
    assert {scene["revision"] for scene in playground.planes.values()} == {3}


@pytest.mark.parametrize(
    "key, value",
    [
        ("size", 20),
        ("size", 2000),
        ("noise", 0.02),
        ("noise", 1.0),
        ("balance", 0.05),
        ("balance", 0.95),
        ("label_noise", 0.4),
        ("seed", 7),
    ],
)
def test_every_setting_makes_the_data_anew(playground, key, value, layers):
    before = layers(playground.planes["draw"], "points")[0]
    playground.choose(key, value)
    assert getattr(playground.at.session_state["spec"], key) == pytest.approx(value)
    after = layers(playground.planes["draw"], "points")[0]
    assert not (np.array_equal(before["xy"], after["xy"]) and np.array_equal(before["slots"], after["slots"]))
    if key == "size":
        assert len(after["xy"]) == value


def test_one_setting_leaves_the_others_as_they_were(playground):
    playground.choose("size", 100).choose("label_noise", 0.2).choose("balance", 0.75)
    spec = playground.at.session_state["spec"]
    assert (spec.size, spec.label_noise, spec.balance) == (100, 0.2, 0.75)


def test_sampling_dims_the_function_and_shows_new_labelled_points(playground, layers):
    playground.press("sample")
    planes = playground.planes
    assert "sample" in planes["function"]["dimmed"] and planes["distribution"]["dimmed"] is None
    (points,) = layers(planes["distribution"], "points")
    assert len(points["xy"]) == 200 and (points["flags"] == SAMPLED).all()
    assert set(points["slots"]) == {0, 1}
    playground.press("sample")
    (again,) = layers(playground.planes["distribution"], "points")
    assert not np.array_equal(points["xy"], again["xy"]), "new points each time"
    playground.press("sample_back")
    assert playground.planes["function"]["dimmed"] is None
    assert len(layers(playground.planes["distribution"], "points")[0]["xy"]) == 400


@pytest.mark.parametrize("class_index", [0, 1])
def test_one_class_only(playground, class_index, layers):
    playground.press("sample").choose("sample_class", class_index)
    (points,) = layers(playground.planes["distribution"], "points")
    assert set(points["slots"]) == {class_index} and len(points["xy"]) == 200


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_distribution_makes_points(playground, name, layers):
    playground.choose("distribution_model", name)
    if name in registry.that_can(Trainable):
        playground.learned("distribution")
    playground.press("sample")
    (points,) = layers(playground.planes["distribution"], "points")
    assert np.abs(points["xy"]).max() <= 8 and len(points["xy"]) == 200


def test_another_class_chosen_before_a_preset_without_it_is_forgotten(playground, layers):
    playground.choose("preset", "four_blobs").press("sample").choose("sample_class", 3)
    playground.choose("preset", "moons").press("sample")
    (points,) = layers(playground.planes["distribution"], "points")
    assert set(points["slots"]) <= {0, 1}


@pytest.mark.parametrize("percent", [1, 5, 25])
def test_the_anomaly_slider_rings_what_lies_below_the_frontier(playground, percent, layers):
    playground.choose("anomaly_quantile", percent)
    planes = playground.planes
    (frontier,) = [c for c in layers(planes["distribution"], "contour") if c["hue"] == "anomaly"]
    assert len(frontier["levels"]) == 1
    data = layers(planes["draw"], "points")[0]
    for name in ("function", "distribution"):
        (points,) = layers(planes[name], "points")
        ringed = (points["flags"].astype(int) & RINGED) > 0
        assert 0 < ringed.mean() < 2.5 * percent / 100 + 0.02
        held_out = (data["flags"].astype(int) & 1) > 0
        assert ringed[held_out].mean() == pytest.approx(percent / 100, abs=0.01)
    assert f"{ringed.sum()} of 400" in playground.text.replace("\\", "")
    playground.choose("anomaly_quantile", 0)
    assert not (layers(playground.planes["distribution"], "points")[0]["flags"].astype(int) & RINGED).any()


@pytest.mark.slow
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_way_that_a_model_has_plays_and_arrives_at_the_data(playground, name, layers):
    playground.choose("distribution_model", name)
    if name in registry.that_can(Trainable):
        playground.learned("distribution", to_the_end=True)
    data = layers(playground.planes["draw"], "points")[0]["xy"]
    ways = [kind for kind in WAYS if "animation" in playground.press(f"watch_{kind}").planes]
    assert ways, "everything that makes points can be watched"
    for kind in ways:
        scene = playground.press(f"watch_{kind}").planes["animation"]
        (particles,) = layers(scene, "particles")
        timeline = scene["timeline"]
        assert len(particles["positions"]) == len(timeline["times"]) == timeline["frames"]
        if kind == "diffusion":
            assert len(timeline["curve"]["values"]) == timeline["frames"] and timeline["marks"]
            assert min(timeline["curve"]["values"]) > 0, "it is drawn on a logarithmic scale"
        # They arrive where the points are: no farther from the middle than the data, by and large. (A grid of
        # codes is no sample; its corners are rare.)
        arrived = particles["positions"][-1]
        if kind == "slices":  # not all at once: each counts as often as its x₁ comes up
            shares = np.array(timeline["curve"]["values"])
            middles = particles["positions"].mean(axis=1)
            assert np.abs(shares @ middles / shares.sum() - data.mean(axis=0)).max() < 0.5
            continue
        if kind == "langevin" and name in registry.that_can(Trainable):
            assert timeline["frames"] == 151 and not playground.at.warning, "nothing flew away"
            if not playground.has("langevin_adjusted"):
                assert name == "score_based"  # which has no density to adjust by, and settles too wide
                assert (arrived.std(axis=0) < 1.5 * data.std(axis=0)).all()
                continue
        assert np.abs(arrived.mean(axis=0) - data.mean(axis=0)).max() < 0.5, kind
        np.testing.assert_allclose(arrived.std(axis=0), data.std(axis=0), rtol=0.5 if kind == "map" else 0.25)


def test_of_one_class_no_boundary_is_told(playground):
    playground.having(spec=DatasetSpec.of_points(np.random.default_rng(0).normal(size=(60, 2)), [0] * 60))
    alt = playground.run().planes["distribution"]["alt"]
    assert "Bayes boundary" not in alt and "one class" in alt


def test_of_one_class_it_does_not_say_that_there_are_several(playground):
    playground.press("sample").choose("sample_class", 1)
    assert (
        "points of class B that nobody drew" in playground.text
        and "number of each class" not in playground.text
    )


def test_strange_points_are_counted_without_a_function_too(playground):
    X = np.random.default_rng(0).normal(size=(60, 2))
    playground.having(spec=DatasetSpec.of_points(X, np.zeros(60, dtype=int)))
    playground.choose("anomaly_quantile", 25)
    assert "of 60 points lie below it" in playground.text and "No point lies below" not in playground.text


def test_an_unnormalised_density_says_so_wherever_it_is_read(playground):
    playground.choose("distribution_model", "joint_energy_model").learned("distribution")
    playground.having(probe_at=(0.0, 0.0)).choose("anomaly_quantile", 5)
    assert playground.text.replace("\\", "").count(" + c") == 2  # in the probe's table, and of the frontier


def test_a_way_that_a_model_has_not_says_why(playground):
    playground.choose("distribution_model", "kernel_density")
    playground.press("watch_flow")
    assert "velocity" in playground.text and "animation" not in playground.planes


@pytest.mark.parametrize("kind", ["langevin", "diffusion"])
def test_an_animation_is_the_same_to_the_byte_on_the_run_after_the_click(playground, kind):
    playground.press(f"watch_{kind}")
    assert playground.planes["animation"]["reveal"] == 1
    asked = playground.messages
    assert playground.run().messages == asked, "the browser would start it anew, or scroll to it again"
    playground.press(f"watch_{kind}")
    assert playground.planes["animation"]["reveal"] == 2, "whoever asks again is brought there again"


def test_diffusion_by_the_ordinary_differential_equation(playground):
    playground.press("watch_diffusion")
    first = playground.planes["animation"]["timeline"]["id"]
    playground.choose("diffusion_sampler", "probability_flow")
    assert playground.planes["animation"]["timeline"]["id"] != first


@pytest.mark.parametrize("name", SLOW_OR_QUICK)
@pytest.mark.parametrize("step_size", [0.001, 0.5])
def test_no_step_size_breaks_langevin(playground, name, step_size):
    playground.choose("distribution_model", name)
    if name in registry.that_can(Trainable):
        playground.learned("distribution")
    playground.press("watch_langevin").choose("langevin_step", step_size)
    if step_size == 0.001:
        assert not playground.at.warning and playground.planes["animation"]["timeline"]["frames"] == 151
    playground.choose("langevin_adjusted", True)
    assert "accepted" in playground.text and not playground.at.warning
    assert playground.planes["animation"]["timeline"]["frames"] == 151


@pytest.mark.parametrize("preset", ["imbalanced", "spiral", "checkerboard"])
def test_no_step_size_breaks_langevin_on_narrow_shapes(playground, preset):
    playground.choose("preset", preset).choose("distribution_model", "kernel_density").press("watch_langevin")
    playground.choose("langevin_step", 0.5)
    (warning,) = playground.at.warning
    assert "too large" in warning.value
    assert 1 < playground.planes["animation"]["timeline"]["frames"] < 151, "it is shown until they are lost"


def test_an_animation_is_taken_away_when_it_is_no_longer_about_the_data(playground):
    playground.press("watch_langevin").choose("preset", "circles")
    assert "animation" not in playground.planes
    assert "no longer about them" in playground.text


def test_settings_are_kept_when_the_page_changes_and_back(playground):
    playground.choose("preset", "spiral").choose("function_model", "nearest_neighbours")
    playground.choose("size", 100)
    playground.at.switch_page("imagine/density/page.py").run()
    playground.check()
    playground.at.switch_page("start/two_souls/page.py").run()
    playground.check()
    assert playground.at.session_state["spec"].preset == "spiral"
    assert playground.at.session_state["spec"].size == 100
    assert playground.at.selectbox(key="function_model").value == "nearest_neighbours"


def test_no_two_visitors_share_anything(visit):
    mine, yours = visit(), visit()
    mine.choose("preset", "spiral")
    yours.run()
    assert yours.at.session_state["spec"].preset == "moons"


def test_a_model_that_is_chosen_on_both_sides_has_its_controls_on_each(playground):
    visitor = playground.having(function_model="joint_energy_model", distribution_model="joint_energy_model")
    for side in ("function_model", "distribution_model"):
        assert visitor.has(f"{side}_joint_energy_model_generative_weight")
