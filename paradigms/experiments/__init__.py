"""Things to try with models: what happens when, and how one can see it."""
