"""A server that tests may mistreat, and a visitor of it."""

import pytest

from benchmarks.bare_websocket import Tab


@pytest.fixture(scope="session")
def server(serve):
    with serve() as server:
        yield server


@pytest.fixture
def tab(server):
    """One visitor; afterwards the server is still well, and its log has nothing that it did not foresee."""
    before = len(server.said)
    tab = Tab(server)
    yield tab
    tab.close()
    assert server.process.poll() is None
    assert "Traceback" not in server.said[before:], server.said[before:][-3000:]
