"""Experiments with samplers: Markov chains and diagnostics, direct sampling, reverse processes, flows."""
