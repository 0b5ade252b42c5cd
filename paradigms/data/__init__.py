"""Labelled data in the plane: presets, drawn points, tables of most kinds."""
