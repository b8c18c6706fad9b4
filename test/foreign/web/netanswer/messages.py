"""Texts which leave the service by SMS and mail (wording of the guide, pages 34 and 36)."""
from __future__ import annotations

from datetime import datetime

PASSCODE_SUBJECT = "<セゾンカード>ワンタイムパスコードのお知らせ"
WELCOME_SUBJECT = "<セゾンカード>Netアンサー新規登録完了のお知らせ"


def passcode_sms(code: str, expires: datetime) -> str:
    return (f"パスコード {code}\n"
            "ご利用のサービスに入力して手続きを進めてください。\n"
            f"有効期限: {expires:%m/%d %H:%M}\n"
            "株式会社クレディセゾン")


def passcode_mail(code: str) -> str:
    return f"""いつもセゾンカードをご利用いただき誠にありがとうございます。

会員登録のためのワンタイムパスコードをお送りします。

{code}

上記ワンタイムパスコードを画面に入力して手続きをお進めください。

※有効期限は 10 分間です。必ず有効期限内にお手続きください。
有効期限を過ぎってしまった場合は、再度最初からお手続きいただきます。
"""


def welcome_mail(login_id: str, login_url: str) -> str:
    link = f"\nログインはこちら\n{login_url}\n" if login_url else ""
    return f"""いつもセゾンカードをご利用いただき誠にありがとうございます。

Netアンサーの新規登録が完了しました。ご登録ありがとうございます。

お客様のNetアンサーIDは
{login_id}
です。
{link}
※NetアンサーID・パスワードを忘れないよう、ご自身で管理をお願いいたします
※パスワードはこのメールに記載しておりません。
※このメールにお心当たりがない場合は、お手数ですがカード裏面の電話番号までご連絡ください。

株式会社クレディセゾン
"""
