"""Account statements (电子对账单) as ISO 20022 `camt.053.001.08`, one file for many accounts.

No clock is read: the time of creation is the end of the last day of the period, and the message
id is a digest of the log's head and of the question, so the same question gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final
from xml.etree.ElementTree import Element

from bankcore.aggregates.deposit_account.events import DepositEntryReversed
from bankcore.aggregates.loan.events_repayment import LoanEntryReversed
from bankcore.audit.exports.camt_codes import code_of
from bankcore.audit.exports.periods import AccountPeriod, Period
from bankcore.audit.exports.xml import cut, tag, written
from bankcore.projections.sentences import sentence
from bankcore.projections.window import Window
from bankcore.values.entry import Entry
from bankcore.values.money import CNY, ZERO, Money

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
ISSUER: Final = "bankcore"
_REFERENCE: Final = 35  # the longest reference that the message can hold
_ACCOUNT: Final = 34
_REMARK: Final = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What a file of statements answers: which log, which period, seen how, in which language."""

    head: str
    period: Period
    window: Window
    account: str = ""
    lang: str = "en"

    @property
    def id(self) -> str:
        """32 letters that stand for the question: the message's id."""
        asked = (self.head, self.period, self.window, self.account, self.lang)
        return sha256(repr(asked).encode()).hexdigest()[:32]


def camt053(statements: Iterable[AccountPeriod], question: Question) -> Iterator[str]:
    """The document in parts: header, one part a statement, end."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}">\n'
    yield "  <BkToCstmrStmt>\n"
    made_on = tag("CreDtTm", _night(question.period.until))
    yield written(tag("GrpHdr", tag("MsgId", question.id), made_on), 2)
    for number, account in enumerate(statements, 1):
        yield written(_statement(account, question, number), 2)
    yield "  </BkToCstmrStmt>\n</Document>\n"


def _night(day: date) -> str:
    return f"{day.isoformat()}T23:59:59"


def _statement(account: AccountPeriod, question: Question, number: int) -> Element:
    period = question.period
    start = tag("FrDtTm", f"{period.start.isoformat()}T00:00:00")
    lines = enumerate(account.lines, 1)
    return tag(
        "Stmt",
        tag("Id", f"{question.id[:24]}-{number}"),
        tag("CreDtTm", _night(period.until)),
        tag("FrToDt", start, tag("ToDtTm", _night(period.until))),
        _account(account),
        _balance("OPBD", account.opening, period.start),
        _balance("CLBD", account.closing, period.until),
        _totals([change for _, change in account.lines]),
        *(
            _line(nr, entry, change, question.lang, account.product)
            for nr, (entry, change) in lines
        ),
        tag("AddtlStmtInf", cut(_seen(question), _REMARK)),
    )


def _seen(question: Question) -> str:
    window = question.window
    as_of = window.as_of.isoformat() if window.as_of else "every day"
    known_at = window.known_at.isoformat() if window.known_at else "the end of the log"
    return f"As of {as_of}, as known at {known_at}. Simulated bank. Log head {question.head}."


def _account(account: AccountPeriod) -> Element:
    key = account.account
    short = key if len(key) <= _ACCOUNT else sha256(key.encode()).hexdigest()[:32]
    made = tag("Acct", tag("Id", tag("Othr", tag("Id", short))))
    if account.product:
        made.append(tag("Tp", tag("Prtry", cut(account.product, _REFERENCE))))
    made.append(tag("Ccy", CNY))
    if short != key:
        made.append(tag("Nm", cut(key, 70)))
    if account.customer:
        # The id, never the name: a statement for audit needs no personal data.
        owner = tag("Othr", tag("Id", cut(account.customer, _REFERENCE)))
        made.append(tag("Ownr", tag("Id", tag("PrvtId", owner))))
    return made


def _side(change: Money) -> Element:
    return tag("CdtDbtInd", "DBIT" if change < ZERO else "CRDT")


def _size(change: Money) -> str:
    return str(Money(abs(change.minor)))


def _amount(change: Money) -> tuple[Element, Element]:
    return tag("Amt", _size(change), Ccy=CNY), _side(change)


def _day(name: str, day: date) -> Element:
    return tag(name, tag("Dt", day.isoformat()))


def _balance(kind: str, balance: Money, day: date) -> Element:
    told = tag("Tp", tag("CdOrPrtry", tag("Cd", kind)))
    return tag("Bal", told, *_amount(balance), _day("Dt", day))


def _totals(changes: Sequence[Money]) -> Element:
    received = [change for change in changes if change > ZERO]
    paid = [-change for change in changes if change < ZERO]
    net = sum(changes, ZERO)
    netted = tag("TtlNetNtry", tag("Amt", _size(net)), _side(net))
    return tag(
        "TxsSummry",
        tag("TtlNtries", *_count([*received, *paid]), netted),
        tag("TtlCdtNtries", *_count(received)),
        tag("TtlDbtNtries", *_count(paid)),
    )


def _count(sizes: Sequence[Money]) -> tuple[Element, Element]:
    return tag("NbOfNtries", str(len(sizes))), tag("Sum", str(sum(sizes, ZERO)))


def _line(nr: int, entry: Entry[Any], change: Money, lang: str, product: str) -> Element:
    red = isinstance(entry.event, DepositEntryReversed | LoanEntryReversed)
    reversal = [tag("RvslInd", "true")] if red else []
    return tag(
        "Ntry",
        tag("NtryRef", str(nr)),
        *_amount(change),
        *reversal,
        tag("Sts", tag("Cd", "BOOK")),
        _day("BookgDt", entry.booking_date),
        _day("ValDt", entry.value_date),
        tag("AcctSvcrRef", reference(entry)),
        _code(entry.event, product, credit=change > ZERO),
        *_cause(entry.event),
        tag("AddtlNtryInf", cut(f"{entry.id}: {sentence(entry, lang)}", _REMARK)),
    )


def reference(entry: Entry[Any]) -> str:
    """The event's id, or its place in the log where the id is longer than a reference may be."""
    return entry.id if len(entry.id) <= _REFERENCE else f"position {entry.position}"


def _code(event: Any, product: str, *, credit: bool) -> Element:
    code = code_of(event, product, credit=credit)
    family = tag("Fmly", tag("Cd", code.family), tag("SubFmlyCd", code.sub))
    own = tag("Prtry", tag("Cd", type(event).__name__), tag("Issr", ISSUER))
    return tag("BkTxCd", tag("Domn", tag("Cd", code.domain), family), own)


def _cause(event: Any) -> list[Element]:
    """The event that this one mirrors or reverses, as a proprietary reference."""
    for name in ("posted_by", "reverses"):
        other = getattr(event, name, "")
        if other:
            told = tag("Prtry", tag("Tp", name), tag("Ref", cut(str(other), _REFERENCE)))
            return [tag("NtryDtls", tag("TxDtls", tag("Refs", told)))]
    return []
