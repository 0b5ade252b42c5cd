"""Whatever is done to a table, there are points on the plane or one sentence."""

from pathlib import Path

import numpy as np
import pytest

from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset
from paradigms.data.tables import read_points
from paradigms.data.tables.writing import write_csv

FILES = sorted((Path(__file__).parents[3] / "data" / "tables").iterdir())
SOURCES = [
    path.read_bytes() for path in FILES if path.stat().st_size < 20_000 and path.name != "expected.json"
]
PIECES = b',|;|\t|"|\n|1e999|nan|%|-|{|}|[|\0|\xff|=|:|(|)|\n@data\n|11111111111111111111'.split(b"|")


def damaged(source, rng):
    source = bytearray(source)
    for _ in range(rng.integers(1, 12)):
        at, end = np.sort(rng.integers(len(source) + 1, size=2))
        match rng.integers(4):
            case 0:
                source[at : at + 1] = rng.bytes(1)
            case 1:
                del source[at : min(end, at + 20)]
            case 2:
                source[at:at] = PIECES[rng.integers(len(PIECES))]
            case 3:
                other = SOURCES[rng.integers(len(SOURCES))]
                source[at:at] = other[end : end + 60]
    return bytes(source)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_table_gives_points_or_one_sentence(seed):
    rng, n_read = np.random.default_rng(seed), 0
    for _ in range(60):
        source = damaged(SOURCES[rng.integers(len(SOURCES))], rng)
        try:
            points = read_points(source)
        except BadData as refusal:
            assert str(refusal)[0].isupper() and "\n" not in str(refusal)
            continue
        n_read += 1
        assert np.abs(points.X).max() <= 4
        assert set(points.class_indices.tolist()) == set(range(len(points.class_names)))
        assert write_csv(Dataset(points.X, points.class_indices, points.class_names), points.units)
    assert n_read > 10
