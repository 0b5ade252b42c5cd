"""How good is a model? Held-out numbers, each with its definition."""
