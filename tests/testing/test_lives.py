"""Whole lives on the bank and on the naive model: nothing differs."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from bankcore.testing.machine import LifeMachine

LifeMachine.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestLives = LifeMachine.TestCase
