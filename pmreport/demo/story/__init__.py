"""The story the simulator tells: a year of a shop, two teams, and a product manager who learns."""
