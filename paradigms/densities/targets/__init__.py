"""Distributions with a formula, for samplers to be tried on: density, slope, moments and exact draws."""
