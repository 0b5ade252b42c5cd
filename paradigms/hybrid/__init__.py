"""Models that are read both ways: as p(y|x) and as p(x)."""
