"""Where fits and other work run: fair turns, worker processes, one store of what they came to."""
