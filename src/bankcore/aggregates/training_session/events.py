"""Events of the training session (训练局): what was played, and what a script puts before people.

The play (started, decided, rewound, ended) stands in a log of its own. Clues, refusals and facts
of streams that the bank does not have stand in the bank's log in the session's stream: findings
need them, and no business stream does.
"""

from __future__ import annotations

from collections.abc import Mapping

from bankcore.values.declare import event

S = "training_session"


@event(
    S,
    "开局",
    "Session started",
    say_zh="{trainee} 开始 {script}",
    say_en="{trainee} plays {script}",
)
class SessionStarted:
    """A play begins (开局): script, seed, mode (`teach`, `practice`, `exam`) and the trainee."""

    script: str
    seed: int
    mode: str
    trainee: str


@event(
    S,
    "作出选择",
    "Decision taken",
    say_zh="{point} 选择 {option} {answer}",
    say_en="at {point} chose {option} {answer}",
)
class DecisionTaken:
    """A choice at a point (作出选择); `position` is the bank's log before it.

    `option` is a letter, the key of a figure with its `answer`, or `free` with the command as
    given; `attempt` counts from 1.
    """

    attempt: int
    point: str
    option: str
    answer: str
    position: int


@event(
    S,
    "使用提示",
    "Hint taken",
    say_zh="{point} 用提示 {level}",
    say_en="hint {level} at {point} taken",
)
class HintTaken:
    """A hint is shown (使用提示); the dearest level of a point counts."""

    attempt: int
    point: str
    level: int
    cost: int


@event(
    S,
    "回退重试",
    "Play rewound",
    say_zh="回到 {point} 重试(第 {attempt} 次)",
    say_en="back at {point}, attempt {attempt}",
)
class PlayRewound:
    """The log is forked before a point (回退重试); the earlier attempt stays as it is."""

    attempt: int
    point: str
    position: int


@event(S, "结束", "Session ended", say_zh="演练结束", say_en="play ended")
class SessionEnded:
    """An attempt came to its end (结束); `digest` is the head of the bank's chain."""

    attempt: int
    position: int
    digest: str


@event(S, "发布复盘", "Debrief released", say_zh="{by} 发布复盘", say_en="debrief released by {by}")
class DebriefReleased:
    """The trainer lets the debrief be read (发布复盘)."""

    by: str


@event(
    S,
    "指令被拒",
    "Command refused",
    say_zh="{person} 的 {command} 被拒:{reason}",
    say_en="{command} of {person} refused: {reason}",
)
class CommandRefused:
    """The bank said no to a person (指令被拒): the attempt is a fact even though nothing moved."""

    person: str
    command: str
    subject: str
    reason: str
    facts: Mapping[str, str]


@event(
    S, "出示风险信号", "Red flag shown", say_zh="向 {to} 出示 {flag}", say_en="{flag} shown to {to}"
)
class RedFlagShown:
    """A red flag is put before a person (出示风险信号)."""

    case: str
    flag: str
    to: str


@event(
    S,
    "出示可疑特征",
    "Pattern shown",
    say_zh="向 {to} 出示 {pattern}",
    say_en="{pattern} shown to {to}",
)
class PatternShown:
    """A suspicious pattern is put before a person (出示可疑特征)."""

    customer: str
    pattern: str
    to: str


@event(
    S, "出示违规", "Breach shown", say_zh="向 {to} 出示 {breach}", say_en="{breach} shown to {to}"
)
class BreachShown:
    """A breach by somebody else is put before a person (出示违规)."""

    breach: str
    to: str


@event(
    S,
    "出示挪用",
    "Misuse shown",
    say_zh="向 {to} 出示 {loan} 的挪用",
    say_en="misuse of {loan} shown",
)
class MisuseShown:
    """Misuse of a loan is put before a person (出示挪用)."""

    loan: str
    to: str


@event(S, "剧情事实", "Fact noted", say_zh="{fact}", say_en="{fact}")
class FactNoted:
    """A fact of a stream that the bank does not have (剧情事实), by its canonical event name.

    `fact` is that name, such as `ConductBreachReported`; findings and conditions read it as if
    the event stood here. `about` is its subject.
    """

    fact: str
    about: str
    details: Mapping[str, str]


PlayEvent = (
    SessionStarted | DecisionTaken | HintTaken | PlayRewound | SessionEnded | DebriefReleased
)
ClueEvent = CommandRefused | RedFlagShown | PatternShown | BreachShown | MisuseShown | FactNoted
SessionEvent = PlayEvent | ClueEvent
