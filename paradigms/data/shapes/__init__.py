"""What one class can look like: p(x|y) with its exact density and a sampler, one kind a file.

Each has ``log_density(X) -> (n,)``, ``sample(n, rng) -> (n, 2)``, ``mass_within(half_width)``, which is its
probability of [-half_width, half_width]², and, where a tensor grid is cheaper than its points,
``log_density_on_grid(x_axis, y_axis) -> (H, W)``. Every sampler draws a fixed number of standard normals for
each point, row by row: a longer sample begins with the shorter one, and more noise moves the same points
further instead of drawing others.
"""
