"""Parameters of the fund's loans, of collection and of post-loan checks (LN-16, LN-31, LN-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from fractions import Fraction

from bankcore.operations.loans.policies import LoanPolicies
from bankcore.products.catalogue import rows_of
from bankcore.rules.loans.collection import ConductPolicy, IntervalStep
from bankcore.rules.loans.post_loan import CheckPolicy
from bankcore.rules.loans.provident import Home, RateTable
from bankcore.values.dated import DatedRow
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class PostLoanPolicies(LoanPolicies):
    """The same reader with the rules around a loan that runs."""

    def provident_rates(self) -> RateTable:
        """LN-16: every publication, by home and column."""
        return RateTable(
            short={home: self._rates(f"{home}.short") for home in Home},
            long={home: self._rates(f"{home}.long") for home in Home},
            short_months=self.number("provident.short_months"),
            fixed_months=self.number("provident.fixed_months"),
        )

    def _rates(self, column: str) -> list[DatedRow[AnnualRate]]:
        rows = rows_of(self.catalogue, f"loan.provident.rate.{column}")
        return [
            replace(row, value=AnnualRate.of(str(row.value)))
            for row in rows
            if self.known_at is None or row.adopted_on <= self.known_at
        ]

    def provident_multiple(self) -> int:
        """LN-16: times the account balances."""
        return self.number("provident.balance_multiple")

    def provident_fee(self) -> Fraction:
        """LN-16: percent of the interest collected."""
        return self.fraction("provident.fee_pct")

    def conduct(self) -> ConductPolicy:
        """LN-31: hours and attempts."""
        return ConductPolicy(
            opens=time.fromisoformat(self._text("collection.opens")),
            closes=time.fromisoformat(self._text("collection.closes")),
            per_number=self.number("collection.per_number"),
            per_debtor=self.number("collection.per_debtor"),
        )

    def _text(self, name: str) -> str:
        return self.catalogue.text(f"loan.{name}", self.on, self.known_at)

    def contact_intervals(self) -> Sequence[IntervalStep]:
        """LN-31: days between contacts by reported days past due."""
        rows = self.catalogue.value("loan.collection.intervals", self.on, self.known_at)
        return tuple(IntervalStep(int(least), int(days)) for least, days in rows)

    def checks(self) -> CheckPolicy:
        """LN-32."""
        groups = ("consumer", "business", "registered")
        sized = ("consumer", "business")
        return CheckPolicy(
            use_check_days=self.number("check.use_check_days"),
            evidence_days=self.number("check.evidence_days"),
            registration_days=self.number("check.registration_days"),
            regular={
                g: (self.number(f"check.months.{g}.small"), self.number(f"check.months.{g}.large"))
                for g in groups
            },
            large_above={g: self.money(f"check.large_above.{g}") for g in sized},
            special_mention_months=self.number("check.months.special_mention"),
            non_performing_months=self.number("check.months.non_performing"),
        )
