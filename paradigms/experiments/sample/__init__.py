"""Things to try with samplers: how chains walk, how noise becomes data, what each step is worth."""
