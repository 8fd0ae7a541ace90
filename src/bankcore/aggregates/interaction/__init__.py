"""The interaction (面谈、对话、咨询): what is said to a customer, kept as evidence of conduct."""

from bankcore.aggregates.interaction.state import Interaction, evolve
from bankcore.values.streams import StreamKind

INTERACTION = StreamKind(
    name="interaction", prefix="interaction-", zh="面谈、对话、咨询", evolve=evolve
)

__all__ = ["INTERACTION", "Interaction"]
