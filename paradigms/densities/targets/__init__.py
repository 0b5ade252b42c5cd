"""Distributions with a formula, for samplers to be tried on: density, gradient, moments and exact draws."""
