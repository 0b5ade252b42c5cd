"""Models of p(y|x) for a real y: not which class, but how much, and how surely."""
