"""Vector tiles; read only."""
