"""The presets, one a file; each with the formula of its true p(x, y)."""
