"""Parameters of the arrears and risk rules on a day (LN-18…LN-30), read like `policies`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bankcore.operations.loans.policies import LoanPolicies
from bankcore.rules.loans.classification import ClassPolicy, DebtorPolicy
from bankcore.rules.loans.codes import LoanClass, Product
from bankcore.rules.loans.ecl import Scenario, StagePolicy
from bankcore.rules.loans.misuse import MisusePolicy
from bankcore.rules.loans.penalty import PenaltyPolicy
from bankcore.rules.loans.restructuring import ExtensionPolicy
from bankcore.rules.loans.upgrade import UpgradePolicy
from bankcore.rules.loans.warnings import WarningPolicy
from bankcore.rules.loans.write_off import WriteOffPolicy
from bankcore.values.rates import AnnualRate

_PD_BUCKETS = ((0, "current"), (30, "1-30"), (60, "31-60"))


@dataclass(frozen=True, slots=True)
class RiskPolicies(LoanPolicies):
    """The same reader with the rules that look after a running loan."""

    def penalty(self) -> PenaltyPolicy:
        """LN-19, LN-20."""
        return PenaltyPolicy(
            surcharge=self.fraction("penalty.surcharge"),
            surcharge_min=self.fraction("penalty.surcharge_min"),
            surcharge_max=self.fraction("penalty.surcharge_max"),
            grace_days=self.number("grace_days"),
            cap=AnnualRate(self.fraction("penalty.cap")),
        )

    def misuse(self) -> MisusePolicy:
        """LN-21."""
        return MisusePolicy(
            misuse_surcharge=self.fraction("misuse.surcharge"),
            overdue_surcharge=self.fraction("penalty.surcharge"),
            cap=AnnualRate(self.fraction("penalty.cap")),
        )

    def classes(self) -> ClassPolicy:
        """LN-24."""
        return ClassPolicy(
            technical_days=self.number("class.technical_days"),
            substandard_after=self.number("class.substandard_after"),
            doubtful_after=self.number("class.doubtful_after"),
            loss_after=self.number("class.loss_after"),
            doubtful_ecl=self.fraction("class.doubtful_ecl"),
            loss_ecl=self.fraction("class.loss_ecl"),
        )

    def debtor(self) -> DebtorPolicy:
        """LN-25."""
        return DebtorPolicy(
            retail_limit=self.money("debtor.retail_limit"),
            npl_share_above=self.fraction("debtor.npl_share_above"),
            overdue90_above=self.fraction("debtor.overdue90_above"),
        )

    def extension(self) -> ExtensionPolicy:
        """LN-26."""
        return ExtensionPolicy(
            min_days_before_maturity=self.number("extension.min_days_before_maturity"),
            max_extensions=self.number("extension.max_count"),
        )

    def upgrade(self) -> UpgradePolicy:
        """LN-27."""
        return UpgradePolicy(
            months=self.number("upgrade.months"),
            due_dates=self.number("upgrade.due_dates"),
            grace_days=self.number("upgrade.grace_days"),
        )

    def stages(self) -> StagePolicy:
        """LN-28: stages."""
        return StagePolicy(
            stage3_after=self.number("ecl.stage3_after"),
            stage2_after=self.number("ecl.stage2_after"),
            pd_factor=self.fraction("ecl.pd_factor"),
            pd_points=self.fraction("ecl.pd_points"),
        )

    def scenarios(self) -> tuple[Scenario, ...]:
        """LN-28: the ways the economy may go."""
        rows = self.catalogue.value("loan.ecl.scenarios", self.on, self.known_at)
        return tuple(Scenario(Fraction(weight), Fraction(factor)) for weight, factor in rows)

    def pd12(self, product: Product, dpd: int) -> Fraction:
        """LN-28: PD of twelve months in percent by product and strict days past due."""
        bucket = next((name for upto, name in _PD_BUCKETS if dpd <= upto), "61-90")
        return self.fraction(f"pd.{product.value}.{bucket}")

    def lgd_steps(self) -> dict[int, Fraction]:
        """LN-28: points added to the LGD after more than so many months in default."""
        rows = self.catalogue.value("loan.lgd.default_steps", self.on, self.known_at)
        return {int(months): Fraction(points) for months, points in rows}

    def provision_minimum(self, loan_class: LoanClass) -> Fraction:
        """LN-28: minimum in percent of the principal balance by class."""
        return self.fraction(f"provision_minimum.{loan_class.value}")

    def warnings(self) -> WarningPolicy:
        """LN-29."""
        levels = ("yellow", "orange", "red")
        return WarningPolicy(
            enquiries=self.number("warning.enquiries"),
            income_drop=self.fraction("warning.income_drop"),
            income_drop_severe=self.fraction("warning.income_drop_severe"),
            ltv_add=self.fraction("warning.ltv_add"),
            min_payment_streak=self.number("warning.min_payment_streak"),
            days_without_contact=self.number("warning.days_without_contact"),
            close_within={level: self.number(f"warning.close_within.{level}") for level in levels},
        )

    def write_off(self) -> WriteOffPolicy:
        """LN-30."""
        return WriteOffPolicy(
            small_principal_max=self.money("write_off.small_principal_max"),
            collection_days_min=self.number("write_off.collection_days_min"),
            contacts_min=self.number("write_off.contacts_min"),
            authority_level_2=self.money("write_off.authority_2"),
            authority_level_3=self.money("write_off.authority_3"),
        )
