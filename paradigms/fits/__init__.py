"""What is to be fitted, the fitting, and what may be shown of it."""
