"""What every reader in this folder raises when it is given something it cannot use."""


class BadData(ValueError):
    """The input cannot become a data set; the message is one sentence for people."""
