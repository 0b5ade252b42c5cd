"""The bytes of a file as text, and a sentence for files that hold no text."""

from __future__ import annotations

from paradigms.data.bad_data import BadData

MAX_BYTES = 5_000_000
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook, or another zipped file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a file compressed by gzip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x93NUMPY": "an array of numpy's",
}


def decoded(source: str | bytes) -> str:
    """The text, with newlines as the only line ends. Raises BadData with a sentence for people.

    The bytes are UTF-8 or UTF-16, with a byte-order mark or without, and Windows-1252 where they are neither.
    """
    if len(source) > MAX_BYTES:
        raise BadData(f"The table is larger than {MAX_BYTES // 1_000_000} MB, which is the limit.")
    text = source if isinstance(source, str) else _text(bytes(source))
    text = text.lstrip("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    for separator in "\u2028\u2029\x85\x0b\x0c":
        text = text.replace(separator, "\n")
    if not text.strip():
        raise BadData("The table is empty.")
    return text


def _text(source: bytes) -> str:
    for beginning, what in _OTHER_FORMATS.items():
        if source.startswith(beginning):
            raise BadData(f"This is {what}, and a table has to be text. Save it as CSV, and try again.")
    if source.startswith(_WIDE_MARKS):
        return source.decode("utf-16", errors="replace")
    # Text in a Western alphabet has a zero in every second byte where it is UTF-16.
    high, low = source[0::2].count(0), source[1::2].count(0)
    if max(high, low) > len(source) / 8:
        if min(high, low) > len(source) / 8:
            raise BadData("This file holds no text. Save the table as CSV, and try again.")
        return source.decode("utf-16-be" if high > low else "utf-16-le", errors="replace")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source.decode("cp1252", errors="replace")
