"""Labelled data in the plane: presets, drawn points, comma-separated text."""
