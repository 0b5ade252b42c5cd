"""The card at the end of a file: what pickers, tables and pages need to know of a model or a sampler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from paradigms.protocols import Denoiser, can

Family = Literal["chain", "direct", "reverse", "flow"]


@dataclass(frozen=True)
class Control:
    """One parameter that a visitor may turn. Its default stands in the model's ``__init__`` only.

    Either a range (``low``, ``high``, ``step``; ``scale`` is "linear" or "log") or a tuple of ``options``.
    """

    parameter: str
    label: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    scale: str = "linear"
    options: tuple[Any, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Card:
    """``estimates`` is the distribution that ``fit`` estimates, as LaTeX, e.g. ``p(y \\mid x)``.

    ``source`` names the paper or book; ``rank`` orders the pickers, lowest first.
    """

    title: str
    estimator: Callable[..., Any]
    estimates: str
    source: str
    controls: tuple[Control, ...] = ()
    rank: int = 100

    @property
    def paradigm(self) -> str:
        """The folder that the model lives in: discriminative, generative, hybrid or regression."""
        return self.estimator.__module__.split(".")[-2]


class Term(NamedTuple):
    """A piece of a formula as plain text, and the phase of a step that it stands for, if any."""

    text: str
    phase: str = ""


@dataclass(frozen=True, kw_only=True)
class SamplerCard(Card):
    """A sampler's card: ``estimator`` is its function, ``estimates`` the distribution of its draws.

    ``family`` says what a run is: a "chain" forgets its start step by step, "direct" draws remember nothing,
    a "reverse" process goes from noise to data down the noise levels, a "flow" along a velocity. ``asks`` are
    the protocols that its target must have. ``formula`` is one step, a term after the other, and the phases
    of the terms are those of ``Snapshot.phases``. ``usual_step`` is the ``step_size`` that pages begin with,
    where that is not the signature's default; ``n_particles`` how many are shown at once, ``steps_a_frame``
    how many steps a reverse process takes between two frames, where few steps bend its draws, and
    ``chain_length`` how many steps of a chain tell its mean, where a step costs little: fewer, where each
    asks the target often.
    """

    family: Family
    asks: tuple[type, ...]
    formula: tuple[Term, ...] = ()
    usual_step: float | None = None
    n_particles: int = 500
    steps_a_frame: int = 1
    chain_length: int = 1600

    def can_run_on(self, target: Any) -> bool:
        """Whether the target has all that the sampler asks of it."""
        return can(target, *self.asks)

    @property
    def anneals(self) -> bool:
        """Whether it runs down the noise levels, which its clock shows, each draw by itself."""
        return Denoiser in self.asks

    @property
    def phases(self) -> set[str]:
        """The names of the phases of a step."""
        return {term.phase for term in self.formula} - {""}
