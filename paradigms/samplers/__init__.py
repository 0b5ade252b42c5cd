"""From a density to points: one algorithm a file, each a generator of Snapshots."""
