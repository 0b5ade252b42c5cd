"""Speed against named peers: `python -m benchmarks`, or `python -m benchmarks pen_up langevin` for some.

Every number is a median, taken side by side with its peer's in the same run. Nothing here is a test: what
is not met is said, and the exit code is 0. How good the samples of the learned models are after how much
training is `sample_quality` (ten minutes), how much sooner than those of others `against_peers` (twenty); all
other benchmarks together take a few minutes.
"""
