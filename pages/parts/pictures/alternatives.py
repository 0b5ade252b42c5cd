"""What a plane shows, in words, for those who do not see it."""

from __future__ import annotations

from paradigms.data.dataset import Dataset


def in_words(data: Dataset) -> str:
    """'two classes: A with 200 points, B with 200 points'."""
    counts = [(name, int((data.y == class_index).sum())) for class_index, name in enumerate(data.class_names)]
    counts = [(name, count) for name, count in counts if count]
    if not counts:
        return "no points"
    number = ("one class", "two classes", "three classes", "four classes")[len(counts) - 1]
    each = [f"{name} with {count} {'point' if count == 1 else 'points'}" for name, count in counts]
    return f"{number}: {', '.join(each)}"
