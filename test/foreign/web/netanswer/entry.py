"""The registration form: reading, checking, and what remains of it afterwards."""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from . import cards, credentials
from .accounts import Accounts
from .clock import Clock
from .members import Card, Member, MemberDirectory

TEXT_FIELDS = ("card1", "card2", "card3", "card4", "exp_month", "exp_year", "security_code",
               "login_id", "password", "password2", "mail_pc", "mail_mobile")
DIGIT_FIELDS = TEXT_FIELDS[:7]
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}")

CORPORATE = "コーポレートカード会員様はNetアンサーをご利用いただけません。"
CLUB_ON = "クラブ・オン/ミレニウムカードをご利用のお客様はこちらでご登録いただけません。"
NO_MATCH = "ご入力のカード情報を確認できませんでした。カード番号・有効期限・セキュリティコードをお確かめください。"
CARD_LOCKED = "カード情報の誤りが続いたため、このカードの登録受付を一時停止しています。60分以上たってからお試しください。"
ALREADY = "このカードはすでにNetアンサーに登録されています。ログイン画面からご利用ください。"
CARD_EXPIRED = "有効期限の過ぎたカードはご登録いただけません。お手元の新しいカードをご確認ください。"


@dataclass
class Entry:
    values: dict[str, str]
    newsletter: bool
    agreed: bool = False
    terms_read: bool = False
    member: Member | None = None
    card: Card | None = None

    @property
    def number(self) -> str:
        return "".join(self.values[f"card{i}"] for i in range(1, 5))

    @property
    def mails(self) -> dict[str, str]:
        return {kind: self.values[f"mail_{kind}"] for kind in ("pc", "mobile") if self.values[f"mail_{kind}"]}

    def for_correction(self) -> "Entry":
        """A copy for the form: passwords are never written back into a page."""
        return replace(self, values={**self.values, "password": "", "password2": ""})


def blank() -> Entry:
    return Entry({name: "" for name in TEXT_FIELDS}, newsletter=True)


def read(form: dict[str, str]) -> Entry:
    values = {}
    for name in TEXT_FIELDS:
        value = form.get(name, "")[:300]
        if name in DIGIT_FIELDS or name.startswith("mail_"):
            value = unicodedata.normalize("NFKC", value).strip()
        values[name] = value
    return Entry(values, form.get("newsletter") == "1", form.get("agree") == "1", form.get("terms_read") == "1")


class EntryChecker:
    def __init__(self, members: MemberDirectory, accounts: Accounts, clock: Clock) -> None:
        self._members, self._accounts, self._clock = members, accounts, clock

    def check(self, entry: Entry, previous: Entry | None = None) -> dict[str, list[str]]:
        """Errors per field, in the order of the form; fills in member and card.

        When a checked entry is corrected, the password fields may stay empty: the
        password given before is kept (``previous``)."""
        errors: dict[str, list[str]] = {}
        errors.update(self._card_format(entry.values))
        if not errors:
            errors.update(self._card_record(entry))
        fragments = credentials.personal_fragments(entry.member, list(entry.mails.values()))
        errors.update(self._credentials(entry, fragments, previous))
        errors.update(self._mails(entry.values))
        if not entry.agreed:
            errors["agree"] = ["規約をご確認のうえ、同意のボタンを押してください"]
        return errors

    def _card_format(self, v: dict[str, str]) -> dict[str, list[str]]:
        errors: dict[str, list[str]] = {}
        lengths = cards.group_lengths(v["card1"])
        groups = [v["card2"], v["card3"], v["card4"]]
        if not cards.brand_of(v["card1"]):
            errors["card"] = ["頭4桁のクレジットカード番号を選択してください"]
        elif not all(groups):
            errors["card"] = ["クレジットカード番号をすべての欄にご入力ください"]
        elif any(not re.fullmatch(r"[0-9]{%d}" % n, g) for g, n in zip(groups, lengths)):
            shape = "+".join(f"{n}桁" for n in lengths)
            errors["card"] = [f"残りのカード番号は、左から{shape}の半角数字でご入力ください"]
        elif not cards.luhn_ok(v["card1"] + "".join(groups)):
            errors["card"] = ["クレジットカード番号に誤りがあります"]
        month, year = v["exp_month"], v["exp_year"]
        if not month or not year:
            errors["expiry"] = ["有効期限の月と年をご入力ください"]
        elif not (re.fullmatch("0[1-9]|1[0-2]", month) and re.fullmatch("[0-9]{2}", year)):
            errors["expiry"] = ["有効期限は「01」「28」のように、月・年とも2桁の数字でご入力ください"]
        elif cards.expired(int(month), int(year), self._clock.now().date()):
            errors["expiry"] = [CARD_EXPIRED]
        code, allowed = v["security_code"], cards.security_code_lengths(v["card1"])
        if not code:
            errors["security_code"] = ["セキュリティコードをご入力ください"]
        elif not re.fullmatch("[0-9]+", code) or len(code) not in allowed:
            digits = "または".join(f"{n}桁" for n in sorted(allowed))
            errors["security_code"] = [f"セキュリティコードは{digits}の数字でご入力ください"]
        return errors

    def _card_record(self, entry: Entry) -> dict[str, list[str]]:
        v, number = entry.values, entry.number
        if self._accounts.card_failures.full(number):
            return {"card": [CARD_LOCKED]}
        found = self._members.find(number)
        if found is None:
            return {"card": [NO_MATCH]}
        member, card = found
        if card.expiry != f"{v['exp_month']}/{v['exp_year']}" or card.security_code != v["security_code"]:
            self._accounts.card_failures.add(number)
            return {"card": [CARD_LOCKED if self._accounts.card_failures.full(number) else NO_MATCH]}
        if card.status == "withdrawn":
            return {"card": [NO_MATCH]}
        if card.kind == "corporate":
            return {"card": [CORPORATE]}
        if card.kind == "clubon":
            return {"card": [CLUB_ON]}
        if self._accounts.card_registered(number):
            return {"card": [ALREADY]}
        self._accounts.card_failures.clear(number)
        entry.member, entry.card = member, card
        return {}

    def _credentials(self, entry: Entry, fragments: set[str], previous: Entry | None) -> dict[str, list[str]]:
        errors: dict[str, list[str]] = {}
        login_id, password = entry.values["login_id"], entry.values["password"]
        kept = previous is not None and not password and not entry.values["password2"]
        problems = ["NetアンサーIDをご入力ください"] if not login_id else credentials.format_errors(login_id)
        if not problems and credentials.contains_personal(login_id, fragments):
            problems = [credentials.PERSONAL]
        if not problems and self._accounts.id_taken(login_id):
            problems = ["このNetアンサーIDはすでに使われています。別のIDをご入力ください"]
        if problems:
            errors["login_id"] = problems
        secret_text = previous.values["password"] if kept else password
        problems = [] if secret_text else ["Netアンサーパスワードをご入力ください"]
        problems = problems or credentials.format_errors(secret_text)
        if not problems and credentials.contains_personal(secret_text, fragments):
            problems = [credentials.PERSONAL]
        if not problems and secret_text.lower() == login_id.lower():
            problems = ["NetアンサーIDと同じパスワードは設定できません"]
        if problems:
            errors["password"] = problems
        elif not kept and entry.values["password2"] != password:
            errors["password2"] = ["上で入力したパスワードと同じものをご入力ください"]
        elif kept:
            entry.values["password"] = entry.values["password2"] = secret_text
        return errors

    @staticmethod
    def _mails(v: dict[str, str]) -> dict[str, list[str]]:
        errors: dict[str, list[str]] = {}
        if not v["mail_pc"] and not v["mail_mobile"]:
            errors["mail_pc"] = ["メールアドレスは、どちらか一方は必ずご入力ください。"]
        for name in ("mail_pc", "mail_mobile"):
            if v[name] and (len(v[name]) > 254 or ".." in v[name] or not MAIL.fullmatch(v[name])):
                errors[name] = ["メールアドレスの形式に誤りがあります"]
        return errors
