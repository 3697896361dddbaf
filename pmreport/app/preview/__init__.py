"""The preview: a report in the browser of the person who changes its templates, on this machine alone."""
