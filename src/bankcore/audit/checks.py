"""The checks of `verify` by name (校验项): code, what each holds, and what its failure means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

LOG: Final = "log"
FIGURE: Final = "figure"


class Check(NamedTuple):
    """One check; a failure `of` the log means that it is not what was written."""

    code: str
    of: str
    zh: str
    en: str

    @property
    def altered(self) -> bool:
        """Whether a failure is a change of the log, not a figure that was written wrong."""
        return self.of == LOG


CHECKS: Final[Mapping[str, Check]] = {
    "order": Check("V01", LOG, "位置、版本、记账日连续", "positions, versions, dates in order"),
    "chain": Check("V02", LOG, "每个链头接续前一个", "every head follows the one before"),
    "bytes": Check("V03", LOG, "存储字节规范可读", "stored bytes are canonical and known"),
    "dates": Check("V04", FIGURE, "起息日不晚于记账日", "no value date after the booking date"),
    "legs": Check("V05", FIGURE, "分录可记且平衡", "legs can be posted and balance"),
    "figure": Check("V06", FIGURE, "结息等数字重算相符", "settled figures derived again"),
    "tie-out": Check("V07", FIGURE, "总分核对相符", "control accounts equal sub-ledgers"),
    "digest": Check("V08", FIGURE, "日终试算平衡摘要相符", "trial balance as the close wrote it"),
    "witness": Check("V09", LOG, "日终所记链头相符", "head as the close of day wrote it"),
    "commands": Check("V10", LOG, "指令索引与信封相符", "index of commands as envelopes say"),
    "head": Check("V11", LOG, "链头与外部所记相符", "the head that was kept elsewhere"),
    "root": Check("V12", LOG, "树根与检查点相符", "the roots that checkpoints name"),
    "cut": Check("V13", LOG, "不短于检查点", "as long as every checkpoint says"),
    "state": Check("V15", LOG, "事件接得上本流状态", "events fit what their stream came to"),
    "signature": Check("V14", LOG, "检查点由该密钥签名", "checkpoints signed by the key"),
}
_NOT_EVENTS: Final = frozenset({"commands", "cut", "signature"})
"""Checks that say nothing against the events that are there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: which check found it, at which event, in one clause.

    `kind` names the change that explains it, where one does: `renamed`, `inserted`, `cut` ….
    """

    check: str
    position: int
    event_id: str
    problem: str
    kind: str = ""

    @property
    def code(self) -> str:
        """The code of the check."""
        return CHECKS[self.check].code

    @property
    def altered(self) -> bool:
        """Whether it means that the log is not what was written."""
        return CHECKS[self.check].altered

    def leaves(self, events: int, sealed: int) -> int:
        """How many events it leaves to be trusted, of so many and so many sealed from outside."""
        if self.check in _NOT_EVENTS:
            return events
        if self.check in {"head", "root"}:
            return sealed
        return max(self.position - 1, 0)
