"""Constants that the library and the plane in the browser share, read once from the file that both read.

The browser fetches the file from beside its modules; a wheel, which has no browser, carries a copy.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_IN_A_WHEEL = Path(__file__).with_name("contract.json")
_IN_A_CHECKOUT = Path(__file__).parents[1] / "assets" / "plane" / "contract.json"

CONTRACT: dict[str, Any] = json.loads(
    (_IN_A_WHEEL if _IN_A_WHEEL.exists() else _IN_A_CHECKOUT).read_text(encoding="utf-8")
)
