"""A capability is a method: which ones a protocol asks for, and who has them."""

from typing import Protocol

import pytest

from paradigms import protocols
from paradigms.protocols import Density, DensityModel, can, methods_of

PROTOCOLS = [kind for kind in vars(protocols).values() if isinstance(kind, type(Protocol))]


class Formula:
    def score_samples(self, X):
        return -(X**2).sum(axis=1)


class Learned(Formula):
    def fit(self, X, y=None):
        return self


def test_a_protocol_asks_for_what_it_inherits_too():
    assert methods_of(DensityModel) == ("score_samples", "fit")
    assert can(Learned, DensityModel) and can(Learned(), Density, DensityModel)
    assert can(Formula(), Density) and not can(Formula(), DensityModel)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.__name__)
def test_every_protocol_asks_for_something_and_says_what(protocol):
    assert methods_of(protocol)
    for name in set(methods_of(protocol)) - {"fit"}:
        documented = next(kind for kind in protocol.__mro__ if name in vars(kind))
        assert vars(documented)[name].__doc__, name
    assert not isinstance(object(), protocol)
