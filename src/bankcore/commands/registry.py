"""Which commands there are: name, module and one line of help, and the group that lists them.

The module behind a command is imported when the command is called, so `bankcore --help` loads
neither pydantic nor the store.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final, NamedTuple

import click

from bankcore.commands.locale import locale_lang


class Lazy(NamedTuple):
    """Where a command lives (`module:attribute`) and its one line of help, zh and en."""

    target: str
    zh: str
    en: str


COMMANDS: Final[Mapping[str, Lazy]] = {
    "tour": Lazy("tour:tour", "看一圈：三位客户的一年", "A year in three customers' lives"),
    "run": Lazy("run:run", "播放剧本并核对期望", "Play scripts and check what they expect"),
    "do": Lazy("do:do", "在账本上执行一条命令", "Give the bank one command by hand"),
    "statement": Lazy("statement:statement", "账户对账单", "The statement of an account"),
    "balances": Lazy("balances:balances", "账户余额", "Booked and available balances"),
    "interest": Lazy("interest:interest", "应计利息", "Interest accrued to a day"),
    "ledger": Lazy("ledger:ledger", "总账试算平衡与分录", "Trial balance and journal"),
    "risk": Lazy("risk:risk", "逾期、分类与准备金", "Past due, grade, stage and allowance"),
    "customer": Lazy("customer:customer", "客户全景", "All that the bank knows of a customer"),
    "replay": Lazy("replay:replay", "逐笔重演银行的一生", "The life of a bank, event by event"),
    "explain": Lazy("explain:explain", "说明一个数字从何而来", "Where a figure comes from"),
    "verify": Lazy("verify:verify", "验证账本未被改动", "Prove that a log is whole and right"),
    "seal": Lazy("seal:seal", "封存：签名检查点", "A signed checkpoint of what a log is now"),
    "prove": Lazy("prove:prove", "证明一个事件在账本中", "Proof that an event is in a sealed log"),
    "keygen": Lazy("seal:keygen", "生成封存密钥", "A key that seals logs"),
    "evidence": Lazy("evidence:evidence", "证据包", "A pack that a stranger can check"),
    "findings": Lazy("findings:findings", "合规与操作问题清单", "Conduct and control findings"),
    "train": Lazy("train:train", "演练并评分", "Play a case and be graded"),
    "scenario": Lazy(
        "scenario:scenario", "剧本：列表、查看、检查", "Scripts: list, show, check, schema"
    ),
    "show": Lazy("history:show", "一个事件的来龙去脉", "One event, its causes and effects"),
    "restate": Lazy("history:restate", "迟到的事实改变了什么", "What late facts changed"),
    "timeline": Lazy("history:timeline", "数字的双时点网格", "A figure by both dates"),
    "bisect": Lazy(
        "tracing:bisect_log", "首个使条件成立的事件", "The first event that makes it so"
    ),
    "watch": Lazy("tracing:watch", "监视不变式", "Where an invariant stops holding"),
    "who": Lazy("tracing:who", "谁改动了一个数字", "Who changed a figure, and when"),
    "index": Lazy("index:index", "索引：查询即时作答", "An index for answers at once"),
    "branch": Lazy("branching:branch", "分叉一个账本", "Another future of the same bank"),
    "diff": Lazy("branching:diff", "对比两个账本", "How two banks differ"),
    "impact": Lazy(
        "impact:impact_of", "改规则或利率的影响", "What another rule or rate would move"
    ),
    "export": Lazy("export:export", "导出账簿", "The books in formats of other programs"),
    "import": Lazy("export:import_log", "从导出的事件行重建账本", "A log from its exported lines"),
    "conformance": Lazy(
        "conformance:conformance", "与外部参考结果核对", "The arithmetic against references"
    ),
    "catalogue": Lazy("catalogue:catalogue", "产品与参数目录", "Dated rates, limits and tariffs"),
    "rules": Lazy("rules:rules", "规则目录", "The rules, by id"),
    "doctor": Lazy("doctor:doctor", "检查安装和账本", "Check the installation and a log"),
}


def load(name: str) -> click.Command:
    """Import the command of a name."""
    module, _, attribute = COMMANDS[name].target.partition(":")
    found = getattr(importlib.import_module(f"bankcore.commands.{module}"), attribute)
    assert isinstance(found, click.Command), name
    return found


class LazyGroup(click.Group):
    """A group that lists its commands from the table and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names in the order of the table, which is the order of a first reading."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of a name; None for a name that does not exist."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Answer an unknown name with the nearest known ones."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(_unknown(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table without importing any command."""
        zh = locale_lang() == "zh"
        with formatter.section("Commands"):
            formatter.write_dl([(n, c.zh if zh else c.en) for n, c in COMMANDS.items()])


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only a mistake pays for it

    near = get_close_matches(name, COMMANDS, 3)
    hint = f"did you mean {' or '.join(near)}?" if near else "see bankcore --help."
    return f"no such command {name!r}; {hint}"
