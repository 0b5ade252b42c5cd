"""The two animations of 500 particles: frames per second while they play, and the bytes of the message.

The peer is the same recording as a Plotly figure with frames, by itself on a page that is already loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import plotly.graph_objects as go
from playwright.sync_api import Page

from benchmarks.comparison import Comparison, side_by_side
from benchmarks.stage import Stage, wait_until_idle
from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.experiments.motion import Motion, diffusion, langevin

RUNS = 5
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
        "Langevin": lambda: langevin(model, step_size=0.02, adjusted=False),
        "diffusion": lambda: diffusion(model, data.train[0], ancestral=True),
    }
    for name, record in recordings.items():
        yield from _compare(stage, name, as_plotly(record()))


def _compare(stage: Stage, name: str, figure: go.Figure) -> Iterator[Comparison]:
    with stage.visit(stage.ours) as page, stage.browser.new_context() as context:
        message = watch(page, name)
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
        f"{name}, 500 particles: frames per second",
        f"{ours:.1f}",
        f"{peer:.1f}, Plotly frames",
        f"{ours / peer:.1f}×",
        "60 (59 counts)",
        ours >= 59,
    )
    plotly_bytes = len(figure.to_json())
    yield Comparison(
        f"{name}: its message",
        f"{message / 1000:,.0f} kB",
        f"{plotly_bytes / 1000:,.0f} kB, the same as Plotly's JSON",
        f"{message / plotly_bytes:.2f} of it",
        "< 1,000 kB",
        message < 1_000_000,
    )


def watch(page: Page, name: str) -> int:
    """Press the button; answers the bytes of the largest message that the server then sends."""
    sizes: list[int] = []
    # The page's connection stands already, so this visitor comes again and is listened to from the start.
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    page.reload()
    page.wait_for_selector("[data-name=distribution]")
    wait_until_idle(page)
    sizes.clear()
    page.get_by_role("button", name=f"Watch {name}").click()
    page.locator("[data-name=animation]").scroll_into_view_if_needed()
    wait_until_idle(page)
    return max(sizes)


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
        if motion.fields is not None:
            axis = grid.axis(motion.fields.shape[1])
            data.insert(0, go.Heatmap(x=axis, y=axis, z=motion.fields[motion.field_of_frame[i]]))
        frames.append(go.Frame(data=data, name=str(i)))
    return go.Figure(frames[0].data, go.Layout(xaxis_range=[-4, 4], yaxis_range=[-4, 4]), frames)
