"""How the numbers of a fit are written: rounded, with a dash where there is none."""

from __future__ import annotations

UNKNOWN = "—"


def log_density(value: float, density_kind: str) -> str:
    """A value of ln p(x) that says so where it is a lower bound, or known up to a constant c."""
    shown = {"exact": "{}", "lower_bound": "≥ {}", "unnormalised": "{} + c"}[density_kind]
    return shown.format(rounded(value))


def rounded(value: float | None, digits: int = 2) -> str:
    """The number with a true minus sign, or a dash where there is none."""
    # Adding zero to what was rounded makes no minus of a zero.
    return UNKNOWN if value is None else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"
