"""The tests of pmreport."""
