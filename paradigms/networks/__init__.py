"""Networks, and parts of networks, of single models."""
