"""Models of p(x) or p(x, y): they know where data lie, and can imagine more of them."""
