"""Parameters of the loan rules on a day: the catalogue's rows as the rules want them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.products.catalogue import Catalogue, rows_of
from bankcore.rules.loans.affordability import DtiPolicy
from bankcore.rules.loans.authority import AuthorityPolicy
from bankcore.rules.loans.caps import CapRow
from bankcore.rules.loans.codes import Product, Security
from bankcore.rules.loans.contract import ContractPolicy
from bankcore.rules.loans.documents import DocumentPolicy
from bankcore.rules.loans.drawdown import DrawdownPolicy
from bankcore.rules.loans.interest_only import MethodLimits
from bankcore.rules.loans.investigation import InvestigationPolicy
from bankcore.rules.loans.ltv import LtvRow
from bankcore.rules.loans.prepayment import FeeStep, PrepaymentPolicy
from bankcore.rules.loans.prescreen import PrescreenPolicy
from bankcore.rules.loans.pricing import IndexRow
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Rejected

_INCOME_KINDS = ("salary", "bonus_year", "rent", "profit_year", "pension")


@dataclass(frozen=True, slots=True)
class LoanPolicies:
    """Reads the parameters in force on one day, as known on another (None: all known)."""

    catalogue: Catalogue
    on: date
    known_at: date | None = None

    def number(self, name: str) -> int:
        """A whole number by its name below `loan.`."""
        return self.catalogue.number(f"loan.{name}", self.on, self.known_at)

    def fraction(self, name: str) -> Fraction:
        """An exact number by its name below `loan.`."""
        return self.catalogue.fraction(f"loan.{name}", self.on, self.known_at)

    def money(self, name: str) -> Money:
        """An amount by its name below `loan.`."""
        return self.catalogue.money(f"loan.{name}", self.on, self.known_at)

    def codes(self, name: str) -> frozenset[str]:
        """A list of codes by its name below `loan.`."""
        return frozenset(self.catalogue.value(f"loan.{name}", self.on, self.known_at))

    def day(self, name: str) -> date:
        """A date by its name below `loan.`."""
        value = self.catalogue.value(f"loan.{name}", self.on, self.known_at)
        assert isinstance(value, date), f"loan.{name} is a date"
        return value

    def prescreen(self, product: Product) -> PrescreenPolicy:
        """LN-01."""
        return PrescreenPolicy(
            age_min=self.number("age_min"),
            age_at_maturity_max=self.number(f"age_at_maturity_max.{product.value}"),
            missed_consecutive_refuse=self.number("bad_record.consecutive"),
            missed_total_refuse=self.number("bad_record.total"),
            enquiries_refer=self.number("enquiries_refer"),
            months_in_business_min=self.number("months_in_business_min"),
            months_contributed_min=self.number("months_contributed_min"),
            purposes={p: self.codes(f"purposes.{p.value}") for p in Product},
            prohibited_purposes=self.codes("purposes_prohibited"),
        )

    def documents(self) -> DocumentPolicy:
        """LN-02."""
        return DocumentPolicy(
            joint_consent_above=self.money("documents.joint_consent_above"),
            purpose_contract_above=self.money("documents.purpose_contract_above"),
            asset_proof_above=self.money("documents.asset_proof_above"),
        )

    def investigation(self) -> InvestigationPolicy:
        """LN-03."""
        return InvestigationPolicy(
            finding_validity_days=self.number("investigation.finding_validity"),
            credit_report_validity_days=self.number("investigation.credit_report_validity"),
            interview_validity_days=self.number("investigation.interview_validity"),
            on_site_exempt_max=self.money("investigation.on_site_exempt_max"),
            video_from=self.day("investigation.video_from"),
        )

    def dti(self) -> DtiPolicy:
        """LN-04."""
        return DtiPolicy(
            housing_max=self.fraction("dti.housing_max"),
            total_max={p: self.fraction(f"dti.total_max.{p.value}") for p in Product},
            income_weights={k: self.fraction(f"dti.weight.{k}") for k in _INCOME_KINDS},
            card_share=self.fraction("dti.card_share"),
            step=self.amount_step(),
        )

    def amount_step(self) -> Money:
        """LN-04, LN-05: amounts are rounded down to it."""
        return self.money("amount_step")

    def max_ltv(self, key: str) -> LtvRow | None:
        """LN-05: the row in force, None before the first."""
        try:
            return LtvRow(self.fraction(f"ltv_max.{key}"), self.amount_step())
        except Rejected:
            return None

    def cap(self, key: str) -> CapRow | None:
        """LN-06: cap and longest term in force, None before the first row."""
        try:
            return CapRow(self.money(f"cap.{key}"), self.number(f"max_term.{key}"))
        except Rejected:
            return None

    def authority(self) -> AuthorityPolicy:
        """LN-07: levels 0 to 3 have limits, level 4 has none."""
        limits = {
            s: (*(self.money(f"authority.{s.value}.{n}") for n in range(4)), None) for s in Security
        }
        return AuthorityPolicy(
            limits=limits,
            factors={g: self.fraction(f"authority.factor.{g}") for g in "ABCD"},
            lookback_days=self.number("authority.lookback_days"),
        )

    def contract(self, product: Product) -> ContractPolicy:
        """LN-08."""
        return ContractPolicy(
            elements=self.codes("contract.elements"),
            approval_validity_days=self.number(f"approval_validity.{product.value}"),
            cost_statement_from=self.day("cost_statement_from"),
        )

    def drawdown(self) -> DrawdownPolicy:
        """LN-09."""
        return DrawdownPolicy(
            consumer_threshold=self.money("self_payment.consumer"),
            business_threshold=self.money("self_payment.business"),
            window_days=self.number("draw_window_days"),
            availability_days=self.number("availability_days"),
        )

    def methods(self) -> MethodLimits:
        """LN-12."""
        return MethodLimits(
            self.number("method.interest_only_months"),
            self.number("method.bullet_months"),
            self.number("method.bullet_days"),
        )

    def prepayment(self, product: Product) -> PrepaymentPolicy:
        """LN-15."""
        steps = self.catalogue.value(f"loan.prepayment.fee.{product.value}", self.on, self.known_at)
        return PrepaymentPolicy(
            fee_steps=tuple(FeeStep(int(months), Fraction(pct)) for months, pct in steps),
            minimum=self.money(f"prepayment.minimum.{product.value}"),
            notice_days=self.number("prepayment.notice_days"),
        )

    def lpr(self) -> dict[str, list[IndexRow]]:
        """LN-14, LN-17: every publication known, by tenor, oldest first."""
        return {tenor: self._publications(tenor) for tenor in ("1Y", "5Y")}

    def _publications(self, tenor: str) -> list[IndexRow]:
        known = [
            row
            for row in rows_of(self.catalogue, f"loan.lpr.{tenor}")
            if self.known_at is None or row.adopted_on <= self.known_at
        ]
        rows = [IndexRow(row.valid_from, AnnualRate.of(str(row.value))) for row in known]
        return sorted(rows, key=lambda row: row.published)
