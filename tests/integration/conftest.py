"""Fixtures that the integration tests share."""

from tests.support.simulator import fresh_simulator, simulator

__all__ = ["fresh_simulator", "simulator"]
