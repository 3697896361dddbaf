"""Fixtures that the integration tests share."""

from tests.support.fake_jira import jira
from tests.support.postgres import database, postgres
from tests.support.simulator import datacenter, fresh_datacenter, fresh_simulator, simulator

__all__ = ["database", "datacenter", "fresh_datacenter", "fresh_simulator", "jira", "postgres", "simulator"]
