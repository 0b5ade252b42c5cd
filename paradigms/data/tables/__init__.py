"""Points in from a table, in its own units, and out again."""

from paradigms.data.tables.points import ImportedPoints, read_points

__all__ = ["ImportedPoints", "read_points"]
