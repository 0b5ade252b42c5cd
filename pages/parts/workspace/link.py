"""A workspace as one word of an address, and back: versioned, whole or refused, and nothing in it believed.

    word = version, base64url(checksum, length of details, details, points)

The checksum is the first three bytes of the CRC-32 of what follows it; the details are JSON, deflated; the
points are those of ``compact_points``. A newer version has another first digit, and the same checksum.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import Any

from pages.parts.text.story import words
from paradigms.contract import CONTRACT

PARAMETER = CONTRACT["link"]["parameter"]
BY_LINK = CONTRACT["link"]["commit"]  # stands for the commit, where it was a link that made the revision
VERSION = "1"
# What proxies, chats and mail let through unharmed; they allow 8,190 characters for a whole request line.
LONGEST = 8_000
# What the details of most links have in common, so that it takes few bytes: a part of the version for good.
_COMMON = (
    b'"walk_target":"fitted","walk_left_unadjusted_langevin_step_size":0.05,"walk_right_metropolis_langevin'
    b'_hamiltonian_truth":true,"size":"noise":0.5,"seed":1,"label_noise":0.1,"balance":"probe_at":[1.0,-0.5],'
    b'"sample_class":"sample_seed":1,"watched":"diffusion","langevin_step":"n":["u":{"transform":{"x":{"shift":'
    b'0.0,"scale":1.0,"logarithmic":false},"label":"_n_steps":_n_components":_hidden":nearest_neighbours_n_'
    b'neighbours":"support_vector_machine","random_forest","gaussian_process","kernel_density","normalizing_'
    b'flow","gaussian_discriminant","gaussian_mixture","distribution_model":"neural_network","function_model":'
    b'{"s":{"anomaly_quantile":5,"preset":"circles"}}'
)
_MOST_DETAILS = 20_000  # characters, once they are inflated
_CHECKSUM, _LENGTH = 3, 2  # bytes


class BadLink(ValueError):
    """Nothing of the link can be used; the message is a sentence for people."""


def encoded(details: dict[str, Any], points: bytes) -> str:
    """Plain data, and the bytes of the points; "" where there is neither."""
    if not details and not points:
        return ""
    deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=_COMMON)
    text = json.dumps(details, ensure_ascii=False, separators=(",", ":")).encode() if details else b""
    packed = deflater.compress(text) + deflater.flush() if text else b""
    body = len(packed).to_bytes(_LENGTH) + packed + points
    return VERSION + base64.urlsafe_b64encode(_checksum(body) + body).decode().rstrip("=")


def read(word: str) -> tuple[dict[str, Any], bytes]:
    """What ``encoded`` was given. Raises BadLink."""
    if len(word) > LONGEST:
        raise BadLink(words("link", "too long"))
    try:
        if not re.fullmatch("[1-9][A-Za-z0-9_-]*", word):
            raise ValueError("another alphabet")
        whole = base64.b64decode(word[1:] + "=" * (-len(word[1:]) % 4), b"-_", validate=True)
        checksum, body = whole[:_CHECKSUM], whole[_CHECKSUM:]
        if checksum != _checksum(body) or len(body) < _LENGTH:
            raise ValueError("not whole")
        if word[0] != VERSION:
            raise BadLink(words("link", "newer"))
        end = _LENGTH + int.from_bytes(body[:_LENGTH])
        return _inflated(body[_LENGTH:end]), body[end:]
    except BadLink:
        raise
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        raise BadLink(words("link", "broken")) from None


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4)[:_CHECKSUM]


def _inflated(packed: bytes) -> dict[str, Any]:
    if not packed:
        return {}
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=_COMMON)
    text = inflater.decompress(packed, _MOST_DETAILS)
    if not inflater.eof or inflater.unused_data:
        raise ValueError("not whole, or far too much")
    details = json.loads(text)
    if not isinstance(details, dict):
        raise ValueError("no details")
    return details
