"""A clock in Japanese time which always runs; only its starting point can be moved."""
from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")


class Clock:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.set(datetime.now(JST))

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=JST)
        # One assignment, so that a reader in another thread never sees half of it.
        self._anchor = (moment.astimezone(JST), time.monotonic())

    def now(self) -> datetime:
        start, tick = self._anchor
        return start + timedelta(seconds=time.monotonic() - tick)
