"""Browser sessions, kept in memory."""
from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .clock import Clock
from .entry import Entry
from .identity import Check

COOKIE = "na_session"
IDLE_REGISTERING = timedelta(minutes=60)
IDLE_LOGGED_IN = timedelta(minutes=30)


@dataclass
class Session:
    sid: str
    touched: datetime
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    entry: Entry | None = None          # what has been entered and checked
    check: Check | None = None          # the identity check under way
    completed: dict | None = None       # shown on the completion page
    login_id: str | None = None
    flash: str | None = None            # an error for the next page
    notice: str | None = None           # good news for the next page
    lock: threading.RLock = field(default_factory=threading.RLock)

    def forget_registration(self) -> None:
        self.entry = self.check = self.completed = self.flash = self.notice = None

    def csrf_ok(self, token: str | None) -> bool:
        return bool(token) and hmac.compare_digest(self.csrf.encode(), token.encode())


class SessionStore:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def clear(self) -> None:
        with self._lock:
            self._sessions.clear()

    def get(self, sid: str | None) -> Session | None:
        now = self._clock.now()
        with self._lock:
            session = self._sessions.get(sid or "")
            if session is None:
                return None
            idle = IDLE_LOGGED_IN if session.login_id else IDLE_REGISTERING
            if now - session.touched > idle:
                del self._sessions[session.sid]
                return None
            session.touched = now
            return session

    def create(self) -> Session:
        session = Session(secrets.token_urlsafe(24), self._clock.now())
        with self._lock:
            self._sweep()
            self._sessions[session.sid] = session
        return session

    def drop(self, session: Session) -> None:
        with self._lock:
            self._sessions.pop(session.sid, None)

    def _sweep(self) -> None:
        if len(self._sessions) < 5000:
            return
        limit = self._clock.now() - IDLE_REGISTERING
        for sid in [s.sid for s in self._sessions.values() if s.touched < limit]:
            del self._sessions[sid]
