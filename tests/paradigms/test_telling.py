"""How far a computation is, told between its steps; the listener may stop it there."""

import inspect

import numpy as np
import pytest

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.experiments import (
    carried,
    curse_of_dimension,
    denoised,
    editing,
    likelihood,
    motion,
    straightened,
    walks,
    ways_back,
)
from paradigms.experiments.sample.chain_verdict import bias_of_unadjusted_steps, judge
from paradigms.generative.gaussian_discriminant import GaussianDiscriminant
from paradigms.telling import part, told

DATA = DatasetSpec(size=40).dataset()
MODEL = GaussianDiscriminant().fit(*DATA.train)


class Enough(Exception):
    pass


def test_each_item_is_handed_on_after_the_share_before_it_is_told():
    heard = []
    assert [(item, heard[-1]) for item in told("abcd", 4, heard.append)] == [
        ("a", 0.0), ("b", 0.25), ("c", 0.5), ("d", 0.75),
    ]  # fmt: skip


def test_more_items_than_expected_are_not_more_than_all():
    heard = []
    list(told(range(5), 2, heard.append))
    assert heard == [0.0, 0.5, 1.0, 1.0, 1.0]


def test_a_part_tells_its_share_of_the_whole():
    heard = []
    list(told("ab", 2, part(part(heard.append, 0.0, 0.5), 0.5, 1.0)))
    assert heard == [0.25, 0.375]


class Stream(VelocityFromNoise):
    classes_, class_log_prior_ = MODEL.classes_, MODEL.class_log_prior_

    def velocity(self, X, time, y=None):
        return super().velocity(X, time)


WALK = {"name": "metropolis_langevin", "settings": ()}
COMPUTATIONS = {
    "walk": lambda **tell: walks.walk(MODEL, MODEL, n_frames=5, **WALK, **tell),
    "judge": lambda **tell: judge(MODEL, MODEL, **WALK, **tell),
    "bias": bias_of_unadjusted_steps,
    "langevin": lambda **tell: motion.langevin(MODEL, step_size=0.1, adjusted=True, n_frames=5, **tell),
    "diffusion": lambda **tell: motion.diffusion(MODEL, DATA.X, ancestral=False, n_frames=5, **tell),
    "flow": lambda **tell: carried.flow(Stream(MODEL), n_frames=5, **tell),
    "curse": lambda **tell: curse_of_dimension.curse_of_dimension(n=10, **tell),
    "there and back": lambda **tell: denoised.there_and_back(MODEL, DATA.X, n_steps=5, last_beta=0.1, **tell),
    "samples": lambda **tell: denoised.samples_of(MODEL, MODEL, **tell),
    "guidance": lambda **tell: denoised.guidance_trial(MODEL, MODEL, label=0, weight=1.0, **tell),
    "reflow": lambda **tell: straightened.rectified(MODEL, **tell),
    "flow back": lambda **tell: straightened.flow_back(
        MODEL, straightened.rectified(MODEL), sampler=straightened.RECTIFIED, n_steps=2, **tell
    ),
    "flow trial": lambda **tell: straightened.flow_trial(
        MODEL, straightened.rectified(MODEL), steps=(1, 2), **tell
    ),
    "way back": lambda **tell: ways_back.reverse_run(MODEL, sampler="DDPM", n_steps=5, **tell),
    "step trial": lambda **tell: ways_back.step_trial(MODEL, steps=(2, 3), **tell),
    "fill in": lambda **tell: editing.fill_in(MODEL, known=0.0, n=32, **tell),
    "redraw": lambda **tell: editing.redraw(MODEL, DATA.X, noise_level=0.5, **tell),
    "between": lambda **tell: editing.between(MODEL, DATA.X[0], DATA.X[1], **tell),
    "likelihood": lambda **tell: likelihood.likelihood_trial(MODEL, DATA.X, n_levels=5, **tell),
}


@pytest.mark.parametrize("compute", COMPUTATIONS.values(), ids=COMPUTATIONS)
def test_shares_rise_from_nothing_to_nearly_all_and_a_listener_can_stop_it(compute):
    heard = []
    compute(tell=heard.append)
    assert heard[0] == 0 and heard[-1] > 0.5 and (np.diff(heard) >= 0).all() and max(heard) <= 1
    n_heard = []

    def listen(share):
        n_heard.append(share)
        if len(n_heard) == 2:
            raise Enough

    with pytest.raises(Enough):
        compute(tell=listen)


def test_nobody_has_to_listen():
    assert inspect.signature(walks.walk).parameters["tell"].default(0.5) is None
