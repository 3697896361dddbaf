"""Fixtures that the integration tests share."""

from tests.support.postgres import postgres
from tests.support.simulator import fresh_simulator, simulator

__all__ = ["fresh_simulator", "postgres", "simulator"]
