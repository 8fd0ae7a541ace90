"""Events of guard streams: the storage contract."""

from __future__ import annotations

from bankcore.values.declare import event
from bankcore.values.money import Money


@event("guard", "占用Ⅰ类户", "Class I place reserved")
class ClassOneReserved:
    """The person's one Class I place is taken by this account (占用Ⅰ类户)."""

    account: str


@event("guard", "释放Ⅰ类户", "Class I place released")
class ClassOneReleased:
    """The Class I place is free again (释放Ⅰ类户)."""

    account: str


@event("guard", "占用Ⅱ、Ⅲ类户名额", "Class place reserved")
class ClassPlaceReserved:
    """One of the person's places for Class II or III accounts is taken (占用Ⅱ、Ⅲ类户名额)."""

    account: str


@event("guard", "释放Ⅱ、Ⅲ类户名额", "Class place released")
class ClassPlaceReleased:
    """The place is free again (释放Ⅱ、Ⅲ类户名额)."""

    account: str


@event("guard", "占用授信", "Exposure reserved")
class ExposureReserved:
    """A contract counts towards the exposure of the borrower (占用授信)."""

    contract: str
    amount: Money
    level: int


@event("guard", "释放授信", "Exposure released")
class ExposureReleased:
    """A contract no longer counts (释放授信)."""

    contract: str
    amount: Money


@event("guard", "减免计数", "Waiver counted")
class WaiverCounted:
    """A waiver counts towards the sum of thirty days (减免计数)."""

    kind: str
    amount: Money
    contract: str


@event("guard", "人情赔付计数", "Goodwill counted")
class GoodwillCounted:
    """A goodwill payment counts towards the sum of twelve months (人情赔付计数)."""

    amount: Money
    complaint: str


GuardEvent = (
    ClassOneReserved
    | ClassOneReleased
    | ClassPlaceReserved
    | ClassPlaceReleased
    | ExposureReserved
    | ExposureReleased
    | WaiverCounted
    | GoodwillCounted
)
