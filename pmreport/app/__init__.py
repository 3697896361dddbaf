"""The use cases: each joins the rooms for one thing a person wants done."""
