"""Everything that is not the plane: arrays in, a figure out."""
