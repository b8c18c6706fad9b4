"""Rules for the NetアンサーID and the Netアンサーパスワード, and password hashing."""
from __future__ import annotations

import hashlib
import hmac
import os
import re

from .members import Member

ROUNDS = 60_000

NEED_LETTER = "半角英字を含めてください"
NEED_DIGIT = "半角数字を含めてください"
BAD_CHARACTER = "半角英数字および記号(-=@_のみ)で入力してください"
BAD_LENGTH = "8～16文字でご入力ください"
PERSONAL = "生年月日・電話番号・メールアドレスに含まれる数字・アルファベットは設定できません"


def format_errors(value: str) -> list[str]:
    errors = []
    if not re.search(r"[A-Za-z]", value):
        errors.append(NEED_LETTER)
    if not re.search(r"[0-9]", value):
        errors.append(NEED_DIGIT)
    if not re.fullmatch(r"[A-Za-z0-9\-=@_]*", value):
        errors.append(BAD_CHARACTER)
    if not 8 <= len(value) <= 16:
        errors.append(BAD_LENGTH)
    return errors


def personal_fragments(member: Member | None, mails: list[str]) -> set[str]:
    """Strings which must not be part of an ID or a password."""
    fragments: set[str] = set()
    addresses = list(mails)
    if member:
        year, month, day = member.birth.split("-")
        fragments |= {year + month + day, year[2:] + month + day, month + day}
        for phone in member.phones:
            fragments |= {phone, phone[-8:], phone[-4:]}
        if member.email:
            addresses.append(member.email)
    for address in addresses:
        local = address.partition("@")[0].lower()
        if len(local) >= 4:
            fragments.add(local)
    return fragments


def contains_personal(value: str, fragments: set[str]) -> bool:
    lowered = value.lower()
    return any(fragment in lowered for fragment in fragments)


def hash_password(password: str) -> tuple[bytes, bytes]:
    salt = os.urandom(16)
    return salt, hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)


def password_matches(password: str, salt: bytes, digest: bytes) -> bool:
    return hmac.compare_digest(hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS), digest)
