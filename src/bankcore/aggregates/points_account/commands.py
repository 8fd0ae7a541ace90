"""Commands of points: the customer redeems them."""

from __future__ import annotations

from bankcore.values.declare import command


@command("points_account.redeem", "兑换积分", "Redeem points")
class Redeem:
    """Give points of a card line for goods of the points shop, in whole steps (CC-09)."""

    card: str
    points: int
