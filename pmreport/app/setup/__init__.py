"""The way to a first report: the site's address, the token, the choice of projects, the configuration."""
