"""How far a computation is, reported between its steps; the listener may stop it there."""

import inspect

import numpy as np
import pytest

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.experiments.sample import (
    conditional_sampling,
    curse_of_dimension,
    denoised_samples,
    guidance_trial,
    interpolation,
    learned_maps,
    likelihood,
    motion,
    rectified_flow,
    reverse_process,
    schedule_trial,
    sdedit,
    walks,
)
from paradigms.experiments.sample.chain_verdict import bias_of_unadjusted_steps, judge
from paradigms.generative.gaussian_discriminant import GaussianDiscriminant
from paradigms.progress import part_of, reported

DATA = DatasetSpec(size=40).dataset()
MODEL = GaussianDiscriminant().fit(*DATA.train)


class Enough(Exception):
    pass


def test_each_item_is_handed_on_after_the_share_before_it_is_reported():
    heard = []
    assert [(item, heard[-1]) for item in reported("abcd", 4, heard.append)] == [
        ("a", 0.0),
        ("b", 0.25),
        ("c", 0.5),
        ("d", 0.75),
    ]


def test_more_items_than_expected_are_not_more_than_all():
    heard = []
    list(reported(range(5), 2, heard.append))
    assert heard == [0.0, 0.5, 1.0, 1.0, 1.0]


def test_a_part_reports_its_share_of_the_whole():
    heard = []
    list(reported("ab", 2, part_of(part_of(heard.append, 0.0, 0.5), 0.5, 1.0)))
    assert heard == [0.25, 0.375]


class Stream(VelocityFromNoise):
    classes_, class_log_prior_ = MODEL.classes_, MODEL.class_log_prior_

    def velocity(self, X, time, y=None):
        return super().velocity(X, time)


WALK = {"name": "metropolis_langevin", "settings": ()}
COMPUTATIONS = {
    "walk": lambda **report: walks.walk(MODEL, MODEL, n_frames=5, **WALK, **report),
    "judge": lambda **report: judge(MODEL, MODEL, **WALK, **report),
    "bias": bias_of_unadjusted_steps,
    "langevin": lambda **report: motion.langevin(
        MODEL, step_size=0.1, name="metropolis_langevin", n_frames=5, **report
    ),
    "diffusion": lambda **report: motion.diffusion(
        MODEL, DATA.X, name="probability_flow", n_frames=5, **report
    ),
    "flow": lambda **report: learned_maps.flow(Stream(MODEL), n_frames=5, **report),
    "curse": lambda **report: curse_of_dimension.curse_of_dimension(n=10, **report),
    "schedule": lambda **report: schedule_trial.schedule_trial(
        MODEL, DATA.X, n_steps=5, last_beta=0.1, **report
    ),
    "samples": lambda **report: denoised_samples.denoised_samples(MODEL, MODEL, **report),
    "guidance": lambda **report: guidance_trial.guidance_trial(MODEL, MODEL, label=0, weight=1.0, **report),
    "reflow": lambda **report: rectified_flow.rectified(MODEL, **report),
    "flow run": lambda **report: rectified_flow.flow_run(
        MODEL, rectified_flow.rectified(MODEL), sampler=rectified_flow.RECTIFIED, n_steps=2, **report
    ),
    "flow trial": lambda **report: rectified_flow.flow_trial(
        MODEL, rectified_flow.rectified(MODEL), steps=(1, 2), **report
    ),
    "way back": lambda **report: reverse_process.reverse_run(MODEL, sampler="DDPM", n_steps=5, **report),
    "step trial": lambda **report: reverse_process.step_trial(MODEL, steps=(2, 3), **report),
    "fill in": lambda **report: conditional_sampling.conditional_samples(MODEL, known=0.0, n=32, **report),
    "redraw": lambda **report: sdedit.sdedit(MODEL, DATA.X, noise_level=0.5, **report),
    "between": lambda **report: interpolation.interpolated(MODEL, DATA.X[0], DATA.X[1], **report),
    "likelihood": lambda **report: likelihood.likelihood_trial(MODEL, DATA.X, n_levels=5, **report),
}


@pytest.mark.parametrize("compute", COMPUTATIONS.values(), ids=COMPUTATIONS)
def test_shares_rise_from_nothing_to_nearly_all_and_a_listener_can_stop_it(compute):
    heard = []
    compute(report=heard.append)
    assert heard[0] == 0 and heard[-1] > 0.5 and (np.diff(heard) >= 0).all() and max(heard) <= 1
    n_heard = []

    def listen(share):
        n_heard.append(share)
        if len(n_heard) == 2:
            raise Enough

    with pytest.raises(Enough):
        compute(report=listen)


def test_nobody_has_to_listen():
    assert inspect.signature(walks.walk).parameters["report"].default(0.5) is None
