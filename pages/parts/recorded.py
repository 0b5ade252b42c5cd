"""What was computed about an object, kept for whoever asks next, as long as it lives and there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, ref

MOST_KEPT = 300  # over all objects; an animation takes some 400 kB

_kept: WeakKeyDictionary[Any, dict[tuple, Any]] = WeakKeyDictionary()
_by_last_use: OrderedDict[tuple[ref, tuple], None] = OrderedDict()
_lock = threading.Lock()


def recorded(subject: Any, record: Callable[..., Any], *about: Any, **settings: Any) -> Any:
    """``record(*about, **settings)``, once a setting; forgotten with the ``subject``, or when least used.

    ``about`` is no part of the key: it must follow from the subject. The settings are, so they are hashable.
    """
    key = (record.__module__, record.__qualname__, *sorted(settings.items(), key=lambda item: item[0]))
    with _lock:
        found = _kept.setdefault(subject, {})
        known = key in found
        value = found.get(key)
    if not known:
        value = record(*about, **settings)
    with _lock:
        _kept.setdefault(subject, {})[key] = value
        _by_last_use[ref(subject), key] = None
        _by_last_use.move_to_end((ref(subject), key))
        while len(_by_last_use) > MOST_KEPT:
            (oldest, its_key), _ = _by_last_use.popitem(last=False)
            if (owner := oldest()) is not None:
                _kept.get(owner, {}).pop(its_key, None)
    return value
