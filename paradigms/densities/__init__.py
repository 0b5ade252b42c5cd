"""Densities that models and samplers are made of: Gaussians, kernels, tables on a grid, surrogates."""
