"""Texts by which a system runs pmreport on its own: systemd, cron, Windows, GitHub."""
