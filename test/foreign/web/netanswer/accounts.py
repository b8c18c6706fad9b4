"""Netアンサー accounts and every counter that locks something for a while."""
from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from .clock import Clock
from .credentials import hash_password, password_matches
from .members import MemberDirectory


class Tally:
    """Counts events per key; ``full`` while ``limit`` of them lie within ``window``."""

    def __init__(self, clock: Clock, limit: int, window: timedelta) -> None:
        self._clock, self._limit, self._window = clock, limit, window
        self._lock = threading.Lock()
        self._events: dict[str, list[datetime]] = {}

    def _recent(self, key: str) -> list[datetime]:
        oldest = self._clock.now() - self._window
        self._events[key] = [t for t in self._events.get(key, []) if t > oldest][-self._limit:]
        return self._events[key]

    def add(self, key: str, times: int = 1) -> None:
        with self._lock:
            self._recent(key).extend([self._clock.now()] * times)

    def full(self, key: str) -> bool:
        with self._lock:
            return len(self._recent(key)) >= self._limit

    def clear(self, key: str) -> None:
        with self._lock:
            self._events.pop(key, None)


@dataclass
class Account:
    login_id: str
    salt: bytes
    digest: bytes
    card_number: str
    mails: dict[str, str]               # "pc" / "mobile" -> address
    newsletter: bool
    paper_statement: bool = False
    three_d_secure: bool = True         # registered automatically with Netアンサー


class Taken(Exception):
    """The ID or the card has been registered in the meantime."""


class Accounts:
    CARD_TRIES, CARD_LOCK = 5, timedelta(minutes=60)
    IDENTITY_LOCK = timedelta(minutes=60)
    WRONG_CODES = 10                    # per card, over several checks
    SEND_LIMIT, SEND_WINDOW = 20, timedelta(minutes=60)
    LOGIN_TRIES, LOGIN_LOCK = 5, timedelta(minutes=30)

    def __init__(self, clock: Clock, members: MemberDirectory) -> None:
        self._clock, self._members = clock, members
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        self.card_failures = Tally(self._clock, self.CARD_TRIES, self.CARD_LOCK)
        self.identity_locks = Tally(self._clock, 1, self.IDENTITY_LOCK)
        self.wrong_codes = Tally(self._clock, self.WRONG_CODES, self.IDENTITY_LOCK)
        self.sends = Tally(self._clock, self.SEND_LIMIT, self.SEND_WINDOW)
        self.login_failures = Tally(self._clock, self.LOGIN_TRIES, self.LOGIN_LOCK)
        accounts: dict[str, Account] = {}
        for _, card in self._members.all_cards():
            if card.netanswer:
                known = card.netanswer
                salt, digest = hash_password(known["password"])
                mails = {kind: known[f"mail_{kind}"] for kind in ("pc", "mobile") if known.get(f"mail_{kind}")}
                accounts[known["id"].lower()] = Account(
                    known["id"], salt, digest, card.number, mails, bool(known.get("newsletter", True)))
        self._accounts = accounts

    def id_taken(self, login_id: str) -> bool:
        return login_id.lower() in self._accounts

    def card_registered(self, number: str) -> bool:
        return any(account.card_number == number for account in list(self._accounts.values()))

    def register(self, login_id: str, salt: bytes, digest: bytes, card_number: str,
                 mails: dict[str, str], newsletter: bool) -> Account:
        with self._lock:
            if self.id_taken(login_id) or self.card_registered(card_number):
                raise Taken
            account = Account(login_id, salt, digest, card_number, mails, newsletter)
            self._accounts[login_id.lower()] = account
            return account

    def get(self, login_id: str) -> Account | None:
        return self._accounts.get(login_id.lower())

    def login(self, login_id: str, password: str) -> Account | None:
        """The account, or None; callers look at ``login_failures.full`` first."""
        account = self.get(login_id)
        if account and account.login_id == login_id and password_matches(password, account.salt, account.digest):
            self.login_failures.clear(login_id.lower())
            return account
        self.login_failures.add(login_id.lower())
        return None
