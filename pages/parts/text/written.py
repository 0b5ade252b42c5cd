"""A number as people write it, to as many digits as it is worth."""

from __future__ import annotations

import math
import re

from paradigms.contract import CONTRACT

ROOM = CONTRACT["letters_of_a_place"]
NARROW = "\u202f"  # a space between thousands that no line is broken at
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(number: float, step: float) -> str:
    """A number that may be off by ``step``, as the plane writes it (assets/plane/picture/numbers.js).

    In full where that is short, else in thousands or millions, else with a power of ten; else the shortest.
    """
    if math.isinf(number):
        return "−∞" if number < 0 else "∞"
    sizes = [way(abs(number), step) for way in (_plain, _abbreviated, _scientific)]
    texts = [_signed(size, number) for size in sizes if size is not None]
    return next((text for text in texts if _length(text) <= ROOM), min(texts, key=_length))


def _signed(size: str, number: float) -> str:
    """With a true minus sign, and none before a zero."""
    return f"−{size}" if number < 0 and re.search("[1-9]", size) else size


def _length(text: str) -> int:
    return len(text.replace(NARROW, ""))


def _decimals(step: float) -> int:
    return min(20, -math.floor(math.log10(max(step, 1e-300)) + 1e-9))


def _plain(size: float, step: float) -> str | None:
    if not size < 1e15:
        return None
    digits = _decimals(step)
    whole, _, rest = f"{round(size, digits):.{max(0, digits)}f}".partition(".")
    whole = f"{int(whole):,}".replace(",", NARROW) if len(whole) > 4 else whole
    return f"{whole}.{rest}" if rest else whole


def _abbreviated(size: float, step: float) -> str | None:
    if not size < 1e9:
        return None
    unit, letter = (1e6, "M") if size >= 1e6 else (1e3, "k") if size >= 1e3 else (1.0, "")
    return _stripped(_plain(size / unit, step / unit)) + letter


def _scientific(size: float, step: float) -> str:
    if size < step / 2:
        return "0"
    digits = min(15, max(0, math.floor(math.log10(size)) + _decimals(step)))
    mantissa, _, exponent = f"{size:.{digits}e}".partition("e")
    power = f"10{str(int(exponent)).translate(RAISED)}"
    if int(exponent) == 0:
        return mantissa
    return power if _stripped(mantissa) == "1" else f"{mantissa}×{power}"


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
