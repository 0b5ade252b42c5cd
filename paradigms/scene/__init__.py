"""What the plane shows: a Scene of layers, packed into one byte string for the browser."""
