"""What models share: fitted arrays and networks, input checks, the rules of probability, energies."""
