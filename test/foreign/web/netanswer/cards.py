"""What can be told from a card number alone."""
from __future__ import annotations

import calendar
from datetime import date

# The first four digits a customer can choose from, and the brand each belongs to.
BRANDS = {"4242": "VISA", "5555": "Mastercard", "3530": "JCB", "3782": "AMEX"}


def brand_of(head: str) -> str | None:
    return BRANDS.get(head)


def group_lengths(head: str) -> tuple[int, int, int]:
    """Digits in the three boxes behind the selection (AMEX: 4 + 4 + 3)."""
    return (4, 4, 3) if brand_of(head) == "AMEX" else (4, 4, 4)


def security_code_lengths(head: str) -> tuple[int, ...]:
    # Some AMEX cards carry a three-digit code on the back (guide, note on AMEX cards).
    return (4, 3) if brand_of(head) == "AMEX" else (3,)


def luhn_ok(number: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(number)):
        digit = int(char)
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def mask(number: str) -> str:
    """4242424242424242 -> 4242-42**-****-4242 ; AMEX -> 3782-82**-****-005"""
    return f"{number[:4]}-{number[4:6]}**-****-{number[12:]}"


def expired(month: int, year2: int, today: date) -> bool:
    """A card can be used up to the last day of the month printed on it."""
    year = 2000 + year2
    return date(year, month, calendar.monthrange(year, month)[1]) < today
