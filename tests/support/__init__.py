"""Stories, builders and fakes that several tests share."""
