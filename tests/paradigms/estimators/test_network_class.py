import numpy as np

from paradigms.estimators.network_class import order_of_appearance


def test_the_order_of_appearance_ignores_names():
    np.testing.assert_array_equal(order_of_appearance(np.array([2, 2, 0, 1])), [1, 2, 0])
