"""Commands of the training session in a bank's log: clues, refusals, facts."""

from __future__ import annotations

from collections.abc import Mapping

from bankcore.values.declare import command


@command("training_session.show_red_flag", "出示风险信号", "Show a red flag")
class ShowRedFlag:
    """Put a red flag of a case before a person."""

    session: str
    case: str
    flag: str
    to: str


@command("training_session.show_pattern", "出示可疑特征", "Show a pattern")
class ShowPattern:
    """Put a suspicious pattern of a customer before a person."""

    session: str
    customer: str
    pattern: str
    to: str


@command("training_session.show_breach", "出示违规", "Show a breach")
class ShowBreach:
    """Put a breach by somebody else before a person."""

    session: str
    breach: str
    to: str


@command("training_session.show_misuse", "出示挪用", "Show a misuse")
class ShowMisuse:
    """Put the misuse of a loan before a person."""

    session: str
    loan: str
    to: str


@command("training_session.note_refusal", "记录被拒", "Note a refused command")
class NoteRefusal:
    """Keep that the bank refused a command of a person."""

    session: str
    person: str
    refused: str
    subject: str
    reason: str
    facts: Mapping[str, str]


@command("training_session.note_fact", "剧情事实", "Note a fact")
class NoteFact:
    """Keep a fact of a stream that the bank does not have, by its canonical event name."""

    session: str
    fact: str
    about: str = ""
    details: Mapping[str, str] | None = None
