"""To count how often something is worked out."""

from functools import wraps

import pytest

from jobs.store import results


@pytest.fixture
def counted(monkeypatch):
    """``counted(owner, name)``: the calls of a function, collected from now on."""

    def count(owner, name):
        function, calls = getattr(owner, name), []

        @wraps(function)
        def counting(*arguments, **settings):
            calls.append(name)
            return function(*arguments, **settings)

        monkeypatch.setattr(owner, name, counting)
        return calls

    results.clear()
    return count
