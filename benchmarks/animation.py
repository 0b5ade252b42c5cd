"""The two animations of 500 particles, and 3,000: frames per second while they play, bytes of the message.

The peer is the same recording as a Plotly figure with frames, by itself on a page that is already loaded.
And from the click on *Watch Langevin* to the first frame, on data that nobody has watched before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from statistics import median

import numpy as np
import plotly.graph_objects as go
from playwright.sync_api import Page

from benchmarks.comparison import Comparison, milliseconds, side_by_side
from benchmarks.repaint import until_repainted
from benchmarks.stage import PLAYER_IS_DRAWN, Stage, wait_until_idle
from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.experiments.sample.motion import Motion, diffusion, langevin
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin
from paradigms.trajectory import Trajectory

RUNS = 5
N_MANY, N_FRAMES = 3000, 200
UNWATCHED = ("Circles", "Spiral", "Pinwheel", "Four blobs", "Checkerboard")
FRAMES_PER_SECOND = """(seconds) => new Promise((resolve) => {
    let frames = -1, first;
    const tick = (now) => {
        first ??= now;
        frames++;
        if (now - first < 1000 * seconds) requestAnimationFrame(tick);
        else resolve(1000 * frames / (now - first));
    };
    requestAnimationFrame(tick);
})"""
PLOTLY_FRAMES_PER_SECOND = """async (frames) => {
    const figure = document.querySelector(".js-plotly-plot"), started = performance.now();
    const names = Array.from({ length: frames }, (_, i) => String(i));
    const options = { frame: { duration: 1000 / 60, redraw: true }, transition: { duration: 0 } };
    await Plotly.animate(figure, names, { mode: "immediate", ...options });
    return 1000 * frames / (performance.now() - started);
}"""


def compare(stage: Stage) -> Iterator[Comparison]:
    data = DatasetSpec(preset="moons").dataset()
    model = BayesRule(registry.create("gaussian_mixture")).fit(*data.train)
    recordings: dict[str, Callable[[], Motion]] = {
        "Langevin": lambda: langevin(model, name="unadjusted_langevin", step_size=0.02),
        "diffusion": lambda: diffusion(model, data.train[0], name="ddpm"),
    }
    for name, record in recordings.items():
        with stage.visit(stage.ours) as page:
            message = watch(page, name)
            yield from _beside_plotly(stage, page, f"{name}, 500 particles", message, record(), 1_000_000)
    with stage.visit(stage.player) as page:
        sizes = reload_and_listen(page)
        page.wait_for_function(PLAYER_IS_DRAWN)
        many = f"{N_MANY:,} particles × {N_FRAMES}"
        yield from _beside_plotly(stage, page, many, max(sizes), many_particles(), None)
    yield _first_frame(stage)


def _beside_plotly(
    stage: Stage, page: Page, what: str, message: int, motion: Motion, most_bytes: int | None
) -> Iterator[Comparison]:
    figure = as_plotly(motion)
    with stage.browser.new_context() as context:
        plotly = context.new_page()
        plotly.set_content(figure.to_html(include_plotlyjs=True, auto_play=False))
        plotly.wait_for_selector(".js-plotly-plot .scatterlayer")
        n_frames = min(60, len(figure.frames))
        ours, peer = side_by_side(
            lambda: frames_per_second(page),
            lambda: plotly.evaluate(PLOTLY_FRAMES_PER_SECOND, n_frames),
            RUNS,
        )
    yield Comparison(
        f"{what}: frames per second",
        f"{ours:.1f}",
        f"{peer:.1f}, Plotly frames",
        f"{ours / peer:.1f}×",
        "60 (59 counts)",
        ours >= 59,
    )
    plotly_bytes = len(figure.to_json())
    yield Comparison(
        f"{what}: the message",
        f"{message / 1000:,.0f} kB",
        f"{plotly_bytes / 1000:,.0f} kB, the same as Plotly's JSON",
        f"{message / plotly_bytes:.2f} of it",
        f"< {most_bytes / 1000:,.0f} kB" if most_bytes else "—",
        message < most_bytes if most_bytes else None,
    )


def _first_frame(stage: Stage) -> Comparison:
    took = []
    for preset in UNWATCHED:
        with stage.visit(stage.ours) as page:
            page.locator(".st-key-preset").get_by_role("radio", name=preset, exact=True).click()
            page.wait_for_timeout(500)
            wait_until_idle(page)
            button = page.locator(".st-key-watch_langevin button")
            took.append(until_repainted(page, "click", f"() => {PLAYER_IS_DRAWN}", button.click))
    return Comparison(
        f"Watch Langevin: from the click to the first frame, {len(took)} data sets",
        f"{milliseconds(median(took))}, the longest {milliseconds(max(took))}",
        held_to="< 1,000 ms",
        met=max(took) < 1,
    )


@cache
def many_particles() -> Motion:
    """A walk on the moons' mixture."""
    model = BayesRule(registry.create("gaussian_mixture")).fit(*DatasetSpec(preset="moons").dataset().train)
    rng = np.random.default_rng(0)
    start = 2 * rng.standard_normal((N_MANY, 2))
    return Motion(
        Trajectory.record(unadjusted_langevin(model, start, step_size=0.02, n_steps=N_FRAMES - 1, rng=rng))
    )


def watch(page: Page, name: str) -> int:
    """Press the button; answers the bytes of the largest message that the server then sends."""
    sizes = reload_and_listen(page)
    page.wait_for_selector("[data-name=distribution]")
    wait_until_idle(page)
    sizes.clear()
    page.get_by_role("button", name=f"Watch {name}").click()
    page.locator("[data-name=animation]").scroll_into_view_if_needed()
    wait_until_idle(page)
    return max(sizes)


def reload_and_listen(page: Page) -> list[int]:
    """The bytes of each message that comes from now on, in a list that grows."""
    sizes: list[int] = []
    # The page's connection stands already, so this visitor comes again and is listened to from the start.
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    page.reload()
    return sizes


def frames_per_second(page: Page) -> float:
    """Of the first two seconds, at the default speed; the plane paints once in each frame of the browser."""
    animation = page.locator("[data-name=animation]")
    animation.get_by_role("application").press("Home")
    animation.get_by_test_id("play").click()
    measured = page.evaluate(FRAMES_PER_SECOND, 2)
    if not json.loads(animation.get_attribute("data-state"))["playing"]:
        raise AssertionError("The animation stood still.")
    return measured


def as_plotly(motion: Motion) -> go.Figure:
    """Particles over a heat map where the recording has one."""
    frames = []
    for i, xy in enumerate(motion.trajectory.positions):
        data = [go.Scatter(x=xy[:, 0], y=xy[:, 1], mode="markers")]
        if motion.trajectory.fields is not None:
            axis = grid.axis(motion.trajectory.fields.shape[1])
            data.insert(0, go.Heatmap(x=axis, y=axis, z=motion.trajectory.fields[motion.field_of_frame[i]]))
        frames.append(go.Frame(data=data, name=str(i)))
    return go.Figure(frames[0].data, go.Layout(xaxis_range=[-4, 4], yaxis_range=[-4, 4]), frames)
