"""The training session (训练局): a play over a bank's log, and what a script shows."""

from bankcore.aggregates.training_session.state import Session, evolve
from bankcore.values.streams import StreamKind

TRAINING_SESSION = StreamKind(
    name="training_session", prefix="session-", zh="训练局", evolve=evolve
)

__all__ = ["TRAINING_SESSION", "Session"]
