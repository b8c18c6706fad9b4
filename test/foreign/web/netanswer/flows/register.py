"""The form and the confirmation page (guide, pages 26-33)."""
from __future__ import annotations

from .. import cards, entry, formview
from ..html import ARROW, Ui, alert, e
from ..identity import CallCheck
from ..sessions import Session
from ..web import Request, Response

TITLE = "Netアンサー新規登録"


class Registration:
    def __init__(self, app) -> None:
        self.app = app
        app.page("GET", "/register", self.start)
        app.page("POST", "/register", self.submit)
        app.page("GET", "/register/confirm", self.confirm)
        app.page("GET", "/register/correct", self.correct)

    def _abandon_check(self, session: Session) -> None:
        if isinstance(session.check, CallCheck):
            self.app.switchboard.withdraw(session.check)
        session.check = None

    def start(self, request: Request, session: Session, ui: Ui) -> Response:
        """A new registration, with an empty form."""
        self._abandon_check(session)
        session.forget_registration()
        return Response(formview.form_page(ui, entry.blank(), {}, False))

    def correct(self, request: Request, session: Session, ui: Ui) -> Response:
        """戻って修正する: the form as it was entered."""
        if session.entry is None:
            return self.app.redirect("/register")
        self._abandon_check(session)
        return Response(formview.form_page(ui, session.entry.for_correction(), {}, True))

    def submit(self, request: Request, session: Session, ui: Ui) -> Response:
        if session.completed:
            return self.app.redirect("/register/complete")
        item = entry.read(request.form)
        errors = self.app.checker.check(item, session.entry)
        if errors:
            page = formview.form_page(ui, item.for_correction(), errors, session.entry is not None)
            return Response(page, 422)
        self._abandon_check(session)
        session.entry = item
        return self.app.redirect("/register/confirm")

    def confirm(self, request: Request, session: Session, ui: Ui) -> Response:
        if session.completed:
            return self.app.redirect("/register/complete")
        item = session.entry
        if item is None:
            return self.app.redirect("/register")
        v = item.values
        message, session.flash = session.flash, None
        mails = "".join(
            f"<tr><th scope=\"row\">{name}</th><td>{e(item.mails[kind])}</td></tr>"
            for kind, name in (("pc", "パソコン"), ("mobile", "携帯電話・スマートフォン")) if kind in item.mails)
        body = f"""<p class="lead">ご登録の内容をご確認ください。</p>{alert(message or "")}
<table class="review"><caption>お申し込み</caption><tbody>
<tr><th scope="row">クレジットカード番号</th><td class="mono">{e(cards.mask(item.number))}</td></tr>
<tr><th scope="row">有効期限</th><td>{e(v["exp_month"])}/{e(v["exp_year"])}</td></tr>
<tr><th scope="row">セキュリティコード</th><td>{e(v["security_code"])}</td></tr>
<tr><th scope="row">NetアンサーID</th><td class="mono">{e(v["login_id"])}</td></tr>
<tr><th scope="row">Netアンサーパスワード</th><td>*****</td></tr></tbody></table>
<table class="review"><caption>メールアドレス</caption><tbody>{mails}</tbody></table>
<p class="note">※重要なお知らせをお送りいたしますので、お間違いないようお願いいたします。</p>
<table class="review"><tbody><tr><th scope="row">メールマガジン</th><td>{"受け取る" if item.newsletter else "受け取らない"}</td></tr></tbody></table>
<p class="note">ご入力内容に間違いがないかご確認ください</p>
{ui.form("/register/verify", f'<p class="go"><button class="button primary">ご本人様確認へ進む {ARROW}</button></p>')}
<p class="go"><a class="button" href="{ui.url("/register/correct")}">戻って修正する</a></p>"""
        return Response(ui.page("登録内容の確認", body, step=1, heading=TITLE))
