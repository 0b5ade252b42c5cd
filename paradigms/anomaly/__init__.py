"""How strange is a point? One score a file; higher is stranger."""
