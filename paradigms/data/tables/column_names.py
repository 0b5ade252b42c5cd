"""What the name of a column says of it: an outcome, a kind, a time, an identifier."""

from __future__ import annotations

import re


def _named(words: str) -> re.Pattern:
    """Names that are one of the words, or end with it behind a blank or another sign; a plural counts too."""
    return re.compile(rf"(.*[\W_])?({words})s?", re.IGNORECASE)


OUTCOME = _named(
    "y|class(e)?|classification|label|target|specie|outcome|response|result|diagnosi|variety|bought|purchased?|sold"
    "|survived|digit|admitted|approved|default(ed)?|churn(ed)?|passed|died|spam|fraud|cluster"
)
KIND = _named("group|type|kind|category|categorie|colou?r|sex|gender|continent|region")
TIME = _named("year|yr|month|week|day|date|hour|time|timestamp")
KNOWN = re.compile(r"[xy]_?\d?|x[₁₂]|names?|id|index|country|city|latitude|longitude|lat|lon", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"(.*[\W_])?(ids?|uid|uuid|guid)|rows?|row\W?names?|unnamed.*|(zip|post(al)?|area)\W?(code)?|phone",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(.*[\W_])?(index|idx|no|nr|num|number|key|serial|s\W?no|#)\.?", re.IGNORECASE)
_CAMEL_IDENTIFIER, _CAMEL_NUMBER = (
    re.compile(r".*[a-z](ID|Id)"),
    re.compile(r".*[a-z](No|Nr|Num|Number|Index)"),
)


def is_known(name: str) -> bool:
    """Whether tables often have a column of that name."""
    return any(names.fullmatch(name) for names in (OUTCOME, KIND, TIME, KNOWN))


def is_identifiers_name(name: str) -> bool:
    return names_an_identifier(name) or names_a_number(name)


def names_an_identifier(name: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(name) or _CAMEL_IDENTIFIER.fullmatch(name))


def names_a_number(name: str) -> bool:
    """Whether the name may be that of an identifier, and may be that of a measurement: octane number."""
    return bool(_NUMBER.fullmatch(name) or _CAMEL_NUMBER.fullmatch(name))
