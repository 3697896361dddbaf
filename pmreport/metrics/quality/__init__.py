"""Data quality: where the work bumps against the model, which numbers that moves, and which way."""
