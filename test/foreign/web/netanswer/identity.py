"""ご本人様確認: which check a member gets, one-time passcodes, and the telephone check."""
from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Callable, Union

from .members import Card, Member

PASSCODE_LIFE = timedelta(minutes=10)
PASSCODE_TRIES = 5
REISSUES = 3
CALL_LIFE = timedelta(minutes=15)


@dataclass
class PasscodeCheck:
    channel: str                        # "sms" or "mail"
    destination: str
    code: str = ""
    expires: datetime | None = None
    first_failed_at: datetime | None = None
    wrong: int = 0
    reissued: int = 0

    @property
    def masked_destination(self) -> str:
        if self.channel == "sms":
            return "*****" + self.destination[-4:]
        return "*****@" + self.destination.partition("@")[2]

    def issue(self, now: datetime, send: Callable[[str, str, datetime], bool]) -> bool:
        """A new code. It replaces the former one only if it could be sent."""
        code = f"{secrets.randbelow(10 ** 6):06d}"
        while code == self.code:
            code = f"{secrets.randbelow(10 ** 6):06d}"
        expires = now + PASSCODE_LIFE
        if not send(self.destination, code, expires):
            self.first_failed_at = self.first_failed_at or now
            return False
        self.code, self.expires = code, expires
        return True

    def expired(self, now: datetime) -> bool:
        if self.expires is None:        # never sent: the time to try again is limited as well
            return self.first_failed_at is not None and now >= self.first_failed_at + PASSCODE_LIFE
        return now >= self.expires

    def matches(self, text: str) -> bool:
        return bool(self.code) and hmac.compare_digest(self.code.encode(), text.encode())

    @property
    def tries_left(self) -> int:
        return PASSCODE_TRIES - self.wrong

    @property
    def reissues_left(self) -> int:
        return REISSUES - self.reissued


@dataclass
class Call:
    sid: str
    heard: bool = False                 # the guidance was played to its end
    ended: bool = False
    completed: bool = False             # ended in the regular way


@dataclass
class CallCheck:
    number: str                         # registered landline, domestic digits
    shown: datetime | None = None       # when the page first appeared
    calls: list[Call] = field(default_factory=list)

    @property
    def deadline(self) -> datetime | None:
        return self.shown + CALL_LIFE if self.shown else None

    def accepts_call(self, now: datetime) -> bool:
        return self.shown is not None and now < self.deadline

    @property
    def verified(self) -> bool:
        return any(c.heard and c.completed for c in self.calls)

    @property
    def talking(self) -> bool:
        return any(not c.ended for c in self.calls)

    @property
    def broken_off(self) -> bool:
        return bool(self.calls) and all(c.ended for c in self.calls) and not self.verified

    def expired(self, now: datetime) -> bool:
        """Calls begun in time count, even if the button is pressed afterwards."""
        return bool(self.shown) and now >= self.deadline and not self.verified and not self.talking


@dataclass
class Impossible:
    """No check can be offered; the page names the 認証デスク."""
    reason: str                         # for the log only


Check = Union[PasscodeCheck, CallCheck, Impossible]


def choose_check(member: Member, card: Card) -> Check:
    """Mobile number: SMS. Landline: telephone. Neither, but a mail address on record: mail."""
    if card.status != "active":
        return Impossible("card " + card.status)
    if member.mobile:
        return PasscodeCheck("sms", member.mobile)
    if member.landline:
        return CallCheck(member.landline)
    if member.email:
        return PasscodeCheck("mail", member.email)
    return Impossible("nothing on record to check with")


class Switchboard:
    """Telephone checks that wait for a call, by number, and the calls themselves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        self._waiting: list[CallCheck] = []
        self._calls: dict[str, tuple[CallCheck, Call]] = {}

    def show(self, check: CallCheck, now: datetime) -> None:
        """The page with the number appears: from now on the call is awaited."""
        with self._lock:
            if check.shown is None:
                check.shown = now
                self._waiting.append(check)

    def withdraw(self, check: CallCheck) -> None:
        with self._lock:
            self._waiting = [c for c in self._waiting if c is not check]
            self._calls = {sid: pair for sid, pair in self._calls.items() if pair[0] is not check}

    def ring(self, sid: str, number: str, now: datetime) -> CallCheck | None:
        """A call comes in. The page that appeared last for this number gets it."""
        with self._lock:
            if sid in self._calls:
                return self._calls[sid][0]
            for check in reversed(self._waiting):
                if check.number == number and check.accepts_call(now):
                    call = Call(sid)
                    check.calls.append(call)
                    self._calls[sid] = (check, call)
                    return check
            return None

    def guidance_heard(self, sid: str, number: str) -> bool:
        with self._lock:
            check, call = self._calls.get(sid, (None, None))
            if call is None or call.ended or (number and check.number != number):
                return False
            call.heard = True
            return True

    def hang_up(self, sid: str, completed: bool) -> None:
        with self._lock:
            _, call = self._calls.get(sid, (None, None))
            if call is not None and not call.ended:
                call.ended, call.completed = True, completed
