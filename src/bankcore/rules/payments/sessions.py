"""PAY-07 Lockout and sessions (锁定、会话)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class LoginResult(StrEnum):
    """What came of an attempt; `locked` is the failure that locks."""

    SUCCESS = "success"
    FAILED = "failed"
    LOCKED = "locked"
    REFUSED = "refused"
    UNLOCKED = "unlocked"


@dataclass(frozen=True, slots=True)
class Lock:
    """Failures since the last success or unlock; days do not reset them."""

    failures: int = 0

    def after(self, attempt: str, most: int) -> tuple[Lock, LoginResult]:
        """`ok`, `bad` or `unlock`: while locked every login is refused and nothing counts."""
        if attempt == "unlock":
            return Lock(), LoginResult.UNLOCKED
        if self.failures >= most:
            return self, LoginResult.REFUSED
        if attempt == "ok":
            return Lock(), LoginResult.SUCCESS
        failed = Lock(self.failures + 1)
        return failed, LoginResult.LOCKED if failed.failures >= most else LoginResult.FAILED


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """How long a session may idle, and how long it may last at all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """A session since its login; a refused action ends it."""

    login: datetime
    last_activity: datetime
    ended: bool = False

    def act(self, at: datetime, terms: SessionTerms) -> Session:
        """The session after an action; at either limit the action is refused."""
        alive = (
            not self.ended
            and at - self.last_activity < terms.idle
            and at - self.login < terms.absolute
        )
        return replace(self, last_activity=at) if alive else replace(self, ended=True)
