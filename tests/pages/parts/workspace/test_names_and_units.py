"""Names come from visitors' tables. Wherever they are shown, they are plain text."""

import re

import pytest

NAMES = ("![](http://e.x/a)", "<b>zz</b>", "$zz$", ":red[zz]")
# Streamlit shows the options of a select box as they are, and the text in a box as it was typed.
PLAIN = {"selectbox.options", "selectbox.raw_value", "text_area.value", "text_area.default"}


def strings(message, kind):
    """All text in a message to the browser that is read as markdown, or may be."""
    for field, value in message.ListFields():
        if f"{kind}.{field.name}" in PLAIN:
            continue
        for part in [value] if isinstance(value, str) or hasattr(value, "ListFields") else iterated(value):
            if isinstance(part, str):
                yield part
            elif hasattr(part, "ListFields"):
                yield from strings(part, kind)


def iterated(value):
    return value if hasattr(value, "__iter__") else ()


def sources(visitor):
    """Every text that reaches the page, but for what the planes get: those write text, never HTML."""
    return [
        text
        for node in visitor.at._tree
        if getattr(node, "proto", None) is not None and node.type != "bidi_component"
        for text in strings(node.proto, node.type)
    ]


def read(text):
    """What a reader sees of plain text: neither the backslashes nor the joiners that have no width."""
    return re.sub(r"[\\\u2060]", "", text)


def table(names, header="x,y,kind"):
    """Forty points a class, but three of the last."""
    counts = [40] * (len(names) - 1) + [3]
    rows = [
        f'{class_index + i % 7 / 5:.2f},{i % 5 / 3:.2f},"{name}"'
        for class_index, (name, count) in enumerate(zip(names, counts, strict=True))
        for i in range(count)
    ]
    return "\n".join([header, *rows])


def assert_plain(visitor, name):
    """Nowhere as it is, somewhere escaped, and there nothing of it has a meaning."""
    texts = sources(visitor)
    assert [text for text in texts if name in text] == []
    escaped = [text for text in texts if name in read(text)]
    assert escaped
    for text in escaped:
        rest = re.sub(r"\\.|\u2060", "", text)
        assert not re.search(r"http:|e\.x|</?b>|\$zz|red\[zz|!\[", rest)


@pytest.fixture
def imported(playground):
    return playground.choose("csv_text", table(NAMES)).press("csv_use")


def test_the_search_sees_all_that_is_said(playground):
    said = sources(playground)
    assert any("Draw your own points" in text for text in said)
    assert {metric.label for metric in playground.at.metric} <= set(said)
    assert "Number of points" in said and any("to learn from" in text for text in said)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_classes_are_plain_everywhere(imported, name):
    assert name in imported.planes["draw"]["alt"], "the import kept the name as it is"
    class_index = sorted(NAMES).index(name)
    place = imported.planes["draw"]["layers"][0]
    at = tuple(place["xy"][place["slots"] == class_index][0].tolist())
    imported.having(probe_at=at).press("sample").choose("sample_class", class_index)
    imported.choose("anomaly_quantile", 5)
    assert_plain(imported, name)


def test_names_of_whole_classes_are_plain(imported):
    (whole,) = [text for text in sources(imported) if "fewer than five" in text]
    smallest = NAMES[-1]
    assert smallest in read(whole) and smallest not in whole


@pytest.mark.parametrize("name", NAMES)
def test_names_of_columns_are_plain_in_what_is_said_of_them(playground, name):
    playground.choose("csv_text", f'x,y,"{name}"\n1,2,a\n2,3,b\n3,4,a\n')
    playground.choose(playground.box("x"), 2)
    assert len(playground.at.error) == 1
    assert_plain(playground, name)
