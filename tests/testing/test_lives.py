"""Whole lives on the bank and on the naive model, and any command at all: nothing differs."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from bankcore.testing.agreements import AgreementMachine
from bankcore.testing.anything import AnythingMachine
from bankcore.testing.cards import CardMachine
from bankcore.testing.collectors import CollectorMachine
from bankcore.testing.defaulters import DefaulterMachine
from bankcore.testing.instalments import InstalmentMachine
from bankcore.testing.loans import LoanMachine
from bankcore.testing.machine import LifeMachine
from bankcore.testing.savers import SaverMachine

BUDGET = settings(
    max_examples=40,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LifeMachine.TestCase.settings = BUDGET
SaverMachine.TestCase.settings = settings(BUDGET, max_examples=25)
AgreementMachine.TestCase.settings = settings(BUDGET, max_examples=15)
LoanMachine.TestCase.settings = BUDGET
DefaulterMachine.TestCase.settings = settings(BUDGET, max_examples=6, stateful_step_count=20)
CardMachine.TestCase.settings = BUDGET
CollectorMachine.TestCase.settings = settings(BUDGET, max_examples=15)
InstalmentMachine.TestCase.settings = settings(BUDGET, max_examples=30)
AnythingMachine.TestCase.settings = BUDGET

TestLives = LifeMachine.TestCase
TestAgreements = AgreementMachine.TestCase
TestSavers = SaverMachine.TestCase
TestBorrowers = LoanMachine.TestCase
TestDefaulters = DefaulterMachine.TestCase
TestCardholders = CardMachine.TestCase
TestCollectors = CollectorMachine.TestCase
TestInstalments = InstalmentMachine.TestCase
TestAnything = AnythingMachine.TestCase
