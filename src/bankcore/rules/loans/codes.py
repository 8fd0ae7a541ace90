"""Code lists of the loan rules: products, repayment methods, classes, security."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Product(StrEnum):
    """Kinds of personal loan (贷款品种)."""

    MORTGAGE = "mortgage"
    COMMERCIAL_PROPERTY = "commercial_property"
    AUTO_NEW = "auto_new"
    AUTO_NEW_EV = "auto_new_ev"
    AUTO_USED = "auto_used"
    CONSUMER = "consumer"
    BUSINESS = "business"
    PROVIDENT = "provident"


AUTO: Final = frozenset({Product.AUTO_NEW, Product.AUTO_NEW_EV, Product.AUTO_USED})
HOUSING: Final = frozenset({Product.MORTGAGE, Product.PROVIDENT})
PROPERTY: Final = HOUSING | {Product.COMMERCIAL_PROPERTY}


class Method(StrEnum):
    """Repayment methods (还款方式)."""

    LEVEL_PAYMENT = "level_payment"
    LEVEL_PRINCIPAL = "level_principal"
    INTEREST_ONLY = "interest_only"
    BULLET = "bullet"
    BALLOON = "balloon"
    BIWEEKLY = "biweekly"


class LoanClass(StrEnum):
    """Five-grade classification (五级分类), best first; the last three are bad (不良)."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"

    @property
    def severity(self) -> int:
        """0 for normal up to 4 for loss."""
        return list(LoanClass).index(self)

    @property
    def non_performing(self) -> bool:
        """True for substandard, doubtful and loss."""
        return self.severity >= 2

    @classmethod
    def worst(cls, *classes: LoanClass) -> LoanClass:
        """The worst of the classes; normal for none."""
        return max(classes, key=lambda each: each.severity, default=cls.NORMAL)


class Security(StrEnum):
    """Columns of the authority table (担保方式): residential property, other, none or guarantee."""

    RESIDENTIAL = "residential"
    OTHER = "other"
    UNSECURED = "unsecured"


class PaymentMode(StrEnum):
    """Who is paid at disbursement: the borrower (自主支付) or the seller (受托支付)."""

    SELF = "self"
    ENTRUSTED = "entrusted"
