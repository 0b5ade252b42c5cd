"""Models of p(y|x): they tell classes apart and know nothing of where data lie."""
