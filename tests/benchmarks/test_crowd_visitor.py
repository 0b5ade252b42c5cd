"""When a change counts as seen, and when as answered."""

from benchmarks.crowd_visitor import Changes


def changes(*sent):
    made = Changes(["function", "distribution"], now=0.0)
    made.sent.extend(sent)
    return made


def test_a_change_is_seen_when_the_last_plane_shows_it_and_answered_when_no_sentence_lies_over_it():
    made = changes(10.0)
    made.shown("function", 1, True, 11.0)
    made.shown("distribution", 1, False, 11.5)
    made.shown("distribution", 1, True, 13.0)
    made.shown("distribution", 1, True, 14.0)  # shown again, and no news
    made.shown("function", 0, True, 15.0)  # late news of what stood there before
    assert made.waits(with_content=False, end=20.0) == ([1.5], 0)
    assert made.waits(with_content=True, end=20.0) == ([3.0], 0)


def test_a_plane_that_shows_a_later_change_has_shown_the_earlier_one():
    made = changes(10.0, 14.0)
    for plane in ("function", "distribution"):
        made.shown(plane, 2, True, 15.0)
    assert made.waits(with_content=True, end=20.0) == ([5.0, 1.0], 0)


def test_what_never_came_counts_with_what_was_waited_for_it():
    made = changes(10.0, 14.0)
    for plane in ("function", "distribution"):
        made.shown(plane, 1, True, 12.0)
    made.shown("function", 2, True, 15.0)
    made.shown("distribution", 2, False, 15.0)
    assert made.waits(with_content=True, end=20.0) == ([2.0, 6.0], 1)


def test_a_page_is_open_when_both_planes_have_their_content():
    made = changes()
    made.shown("function", 0, True, 1.0)
    made.shown("distribution", 0, False, 1.0)
    assert not made.is_open
    made.shown("distribution", 0, True, 2.0)
    assert made.is_open and made.waits(with_content=True, end=3.0) == ([], 0)
