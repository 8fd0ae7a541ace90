"""Guard streams (守护流): a set or a sum that several streams must agree on.

`guard-class1-<keyed hash>` one Class I account per person, `guard-class2-…` and `guard-class3-…`
the places of the other classes; `guard-exposure-<customer or couple>`
the contracts that count towards an authority; `guard-waiver-<customer>` and
`guard-goodwill-<customer>` sums over a window. They never post.
"""

from bankcore.aggregates.guard.state import Counted, Guard, Reserved, evolve
from bankcore.values.streams import StreamKind

GUARD = StreamKind(name="guard", prefix="guard-", zh="守护流", evolve=evolve)

__all__ = ["GUARD", "Counted", "Guard", "Reserved"]
