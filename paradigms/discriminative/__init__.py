"""Discriminative models: p(y|x), and nothing of where data lie."""
