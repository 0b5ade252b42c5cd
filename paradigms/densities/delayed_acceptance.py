"""A target for delayed acceptance: the gradient of a surrogate, the density of the model."""

from __future__ import annotations

from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.protocols import Density


class DelayedAcceptance:
    """``score_samples`` of the ``model``, ``log_density_gradient`` of its ``table``.

    ``quick_score_samples`` are the table's, for whoever looks round widely before it proposes.

    A Metropolis step keeps p whatever its proposal looked at, as long as the ratio that accepts it is p's
    own: so the error of the table costs some acceptance and no bias. A step that accepts everything has the
    table's error in full.
    """

    def __init__(self, model: Density, table: TabulatedDensity) -> None:
        self.score_samples, self.quick_score_samples = model.score_samples, table.score_samples
        self.log_density_gradient = table.log_density_gradient
