"""Events of the watch for cashing out (套现监测), CC-14."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line.terms import S
from bankcore.rules.cards.cash_out import Measure
from bankcore.values.declare import event


@event(
    S,
    "套现预警",
    "Cash-out alert raised",
    say_zh="套现特征 {score} 分:{signs}",
    say_en="signs of cashing out, {score} points: {signs}",
)
class CashOutAlertRaised:
    """The use of the card looks like cashing out (套现预警): to be reviewed, nothing more."""

    as_of: date
    signs: tuple[str, ...]
    score: int


@event(
    S,
    "套现预警核查",
    "Cash-out alert reviewed",
    say_zh="套现预警核查:{measure}({reason})",
    say_en="signs of cashing out reviewed: {measure} ({reason})",
)
class CashOutAlertReviewed:
    """A person looked at the signs (套现预警核查); `measure` is what follows, taken apart."""

    measure: Measure
    reason: str


WatchEvent = CashOutAlertRaised | CashOutAlertReviewed
