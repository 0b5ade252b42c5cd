"""What is left to the whole run of the tests: what asks a solver many thousand times takes many seconds."""

import pytest

BY_A_SOLVER = ("diffusion", "flow_matching", "score_based")
LONG = (
    "test_the_integral_is_one_and_the_lines_hold_what_they_claim",
    "test_the_density_integrates_to_one",
    "test_each_conditional_is_a_density_of_its_own",
    "test_samples_lie_where_the_density_says",
    "test_the_moments_are_those_of_the_samples",
)


def pytest_collection_modifyitems(items):
    for item in items:
        of = item.callspec.id if hasattr(item, "callspec") else ""
        if item.originalname in LONG and any(name in of for name in BY_A_SOLVER):
            item.add_marker(pytest.mark.slow)
