"""The card company's members: read from a JSON file, never written."""
from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Statement:
    month: str
    pay_on: str
    lines: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        return sum(line[2] for line in self.lines)


@dataclass(frozen=True)
class Card:
    number: str
    brand: str
    product: str
    expiry: str                 # MM/YY
    security_code: str
    kind: str = "personal"      # personal, corporate, clubon
    status: str = "active"      # active, locked, withdrawn
    points: int = 0
    statements: tuple[Statement, ...] = ()
    netanswer: dict | None = None


@dataclass(frozen=True)
class Member:
    member_no: str
    name: str
    birth: str                  # YYYY-MM-DD
    mobile: str | None
    landline: str | None
    email: str | None
    cards: tuple[Card, ...] = field(default=())

    @property
    def phones(self) -> list[str]:
        return [number for number in (self.mobile, self.landline) if number]


def _card(raw: dict) -> Card:
    raw = dict(raw)
    statements = tuple(
        Statement(s["month"], s["pay_on"], tuple((d, shop, int(y)) for d, shop, y in s["lines"]))
        for s in raw.pop("statements", []))
    return Card(statements=statements, **raw)


def _digits(value: str | None) -> str | None:
    return re.sub(r"\D", "", value) if value else None


class MemberDirectory:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.reload()

    def reload(self) -> None:
        data = json.loads(self._path.read_text(encoding="utf-8"))
        by_card: dict[str, tuple[Member, Card]] = {}
        for raw in data["members"]:
            member = Member(
                raw["member_no"], raw["name"], raw["birth"], _digits(raw.get("mobile")),
                _digits(raw.get("landline")), raw.get("email"), tuple(map(_card, raw["cards"])))
            for card in member.cards:
                by_card[card.number] = (member, card)
        self._by_card = by_card

    def find(self, number: str) -> tuple[Member, Card] | None:
        return self._by_card.get(number)

    def all_cards(self) -> list[tuple[Member, Card]]:
        return list(self._by_card.values())
