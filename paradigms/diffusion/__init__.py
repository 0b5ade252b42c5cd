"""The theory of diffusion: noise and its schedules, what is learned from it, and the ways back out of it."""
