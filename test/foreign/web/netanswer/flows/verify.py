"""ご本人様確認 and completion (guide, pages 34-36)."""
from __future__ import annotations

import logging
from datetime import datetime

from .. import messages
from ..accounts import Taken
from ..credentials import hash_password
from ..html import ARROW, Ui, alert, done, e
from ..identity import CallCheck, Impossible, PasscodeCheck, choose_check
from ..sessions import Session
from ..web import Request, Response
from .register import TITLE

log = logging.getLogger("netanswer.verify")

SEND_FAILED = "ワンタイムパスコードをお送りできませんでした。しばらくたってから「ワンタイムパスコードを再発行する」を押してください。"
PASSCODE_EXPIRED = "ワンタイムパスコードの有効期限を過ぎました。おそれいりますが、再度最初からお手続きください。"
CALL_EXPIRED = "15分以内にお電話を確認できませんでした。おそれいりますが、再度最初からお手続きください。"
NO_CALL = "お電話をまだ確認できていません。ご登録の電話番号からお電話のうえ、ガイダンスを最後までお聞きください。"
STILL_TALKING = "お電話がまだ切れていないようです。電話をお切りになってから、もう一度ボタンを押してください。"
BROKEN_OFF = "ガイダンスの途中でお電話が切れたため、ご本人様確認ができませんでした。もう一度お電話ください。"


class Verification:
    def __init__(self, app) -> None:
        self.app = app
        app.page("POST", "/register/verify", self.begin)
        app.page("GET", "/register/identity", self.show)
        app.page("POST", "/register/identity/passcode", self.passcode)
        app.page("POST", "/register/identity/reissue", self.reissue)
        app.page("POST", "/register/identity/call", self.call_done)
        app.page("GET", "/register/complete", self.complete_page)

    # -- starting ---------------------------------------------------------------

    def begin(self, request: Request, session: Session, ui: Ui) -> Response:
        if session.completed:
            return self.app.redirect("/register/complete")
        item = session.entry
        if item is None:
            return self.app.redirect("/register")
        if session.check is None:       # otherwise: pressed twice, do not send twice
            accounts = self.app.accounts
            check = choose_check(item.member, item.card)
            if accounts.identity_locks.full(item.number):
                check = Impossible("locked after wrong passcodes")
            elif isinstance(check, PasscodeCheck) and accounts.sends.full(item.number):
                check = Impossible("too many passcodes sent")
            session.check = check
            if isinstance(check, PasscodeCheck) and not self._issue(session, check):
                session.flash = SEND_FAILED
        return self.app.redirect("/register/identity")

    def _issue(self, session: Session, check: PasscodeCheck) -> bool:
        self.app.accounts.sends.add(session.entry.number)
        return check.issue(self.app.clock.now(), self._send_sms if check.channel == "sms" else self._send_mail)

    def _send_sms(self, number: str, code: str, expires: datetime) -> bool:
        return self.app.sms.send(number, messages.passcode_sms(code, expires))

    def _send_mail(self, address: str, code: str, expires: datetime) -> bool:
        return self.app.mail.send(address, messages.PASSCODE_SUBJECT, messages.passcode_mail(code))

    def show(self, request: Request, session: Session, ui: Ui, error: str = "", status: int = 200) -> Response:
        if session.completed:
            return self.app.redirect("/register/complete")
        check, now = session.check, self.app.clock.now()
        if session.entry is None or check is None:
            return self.app.redirect("/register/confirm" if session.entry else "/register")
        if isinstance(check, Impossible):
            log.info("identity check impossible: %s", check.reason)
            return self._impossible(ui)
        flash, notice = session.flash, session.notice
        session.flash = session.notice = None
        if isinstance(check, CallCheck):
            self.app.switchboard.show(check, now)
            if check.expired(now):
                return self._expired(session, ui, CALL_EXPIRED)
            return Response(self._call_page(ui, error or flash or ""), status)
        if check.expired(now):
            return self._expired(session, ui, PASSCODE_EXPIRED)
        return Response(self._passcode_page(ui, check, error or flash or "", notice or ""), status)

    # -- passcode ---------------------------------------------------------------

    def _passcode_page(self, ui: Ui, check: PasscodeCheck, error: str, notice: str) -> str:
        where = "SMS(ショートメール)" if check.channel == "sms" else "メールアドレス"
        invalid = ' aria-invalid="true"' if error else ""
        limit = f"（有効期限 {check.expires:%m/%d %H:%M}）" if check.expires else ""
        entry_form = ui.form("/register/identity/passcode", f"""<p class="row"><label for="passcode">ワンタイムパスコード</label>
<input id="passcode" name="passcode" inputmode="numeric" autocomplete="one-time-code" maxlength="6" size="10" aria-describedby="passcode-hint"{invalid}></p>
<p class="hint" id="passcode-hint">半角数字6桁{limit}</p>
<p class="go"><button class="button primary">認証する</button></p>""")
        sent_to = f"""<p class="sent-to"><strong class="mono">{e(check.masked_destination)}</strong><br>にお送りしたパスコードを入力してください。</p>"""
        if check.reissues_left:
            again = ui.form("/register/identity/reissue", '<p class="go"><button class="button">ワンタイムパスコードを再発行する</button></p>')
        else:
            again = '<p class="note">再発行の回数が上限に達しました。</p>'
        body = f"""{alert(error)}{done(notice)}<section class="panel narrow" aria-labelledby="otp-title"><h2 id="otp-title">ワンタイムパスコード認証</h2>
{sent_to}
{entry_form}{again}</section>
<ul class="notes"><li>この画面は閉じずに、お客様の{where}に届いたワンタイムパスコードをご確認ください。</li>
<li>有効期限は10分間です。有効期限を過ぎた場合は、再度最初からお手続きいただきます。</li>
<li>再発行すると、それまでのワンタイムパスコードはご利用いただけません。</li></ul>"""
        return ui.page("ワンタイムパスコード認証", body, step=1, heading=TITLE)

    def passcode(self, request: Request, session: Session, ui: Ui) -> Response:
        check = session.check
        if not isinstance(check, PasscodeCheck) or session.completed:
            return self.show(request, session, ui)
        if check.expired(self.app.clock.now()):
            return self._expired(session, ui, PASSCODE_EXPIRED)
        text = self._half_width(request.form.get("passcode", ""))
        if not (len(text) == 6 and text.isascii() and text.isdigit()):
            return self.show(request, session, ui, "ワンタイムパスコードは半角数字6桁でご入力ください。", 422)
        if check.matches(text):
            return self._complete(session, ui)
        check.wrong += 1
        self.app.accounts.wrong_codes.add(session.entry.number)
        if check.tries_left <= 0 or self.app.accounts.wrong_codes.full(session.entry.number):
            self.app.accounts.identity_locks.add(session.entry.number)
            session.check = Impossible("too many wrong passcodes")
            return self._impossible(ui)
        return self.show(request, session, ui,
                         f"ワンタイムパスコードが違います。あと{check.tries_left}回ご入力いただけます。", 422)

    @staticmethod
    def _half_width(text: str) -> str:
        return text.translate(str.maketrans("０１２３４５６７８９", "0123456789", " 　-")).strip()

    def reissue(self, request: Request, session: Session, ui: Ui) -> Response:
        check = session.check
        if not isinstance(check, PasscodeCheck) or session.completed:
            return self.show(request, session, ui)
        if check.expired(self.app.clock.now()):
            return self._expired(session, ui, PASSCODE_EXPIRED)
        if not check.reissues_left or self.app.accounts.sends.full(session.entry.number):
            return self.show(request, session, ui, "再発行の回数が上限に達しました。", 429)
        if self._issue(session, check):
            check.reissued += 1
            session.notice = "ワンタイムパスコードを再発行しました。新しく届いたパスコードをご入力ください。"
        else:
            session.flash = SEND_FAILED
        return self.app.redirect("/register/identity")

    # -- telephone --------------------------------------------------------------

    def _call_page(self, ui: Ui, error: str) -> str:
        number = self.app.config.free_dial
        digits = "".join(c for c in number if c.isdigit())
        finish = ui.form("/register/identity/call", '<p class="go"><button class="button primary">認証を完了する</button></p>')
        body = f"""{alert(error)}<section class="panel narrow call" aria-labelledby="call-title"><h2 id="call-title">電話をかけて認証</h2>
<p>ご登録の電話番号から <strong>15分以内</strong> に以下の番号へお電話ください。<br>自動音声のためご発声は不要です。</p>
<dl class="dial"><dt>認証用電話番号(無料)</dt><dd><a href="tel:{e(digits)}">{e(number)}</a></dd></dl>
<p>電話をお切りになった後、認証を完了するボタンを押してください。</p>
{finish}</section>
<ul class="notes"><li>この画面は閉じずに、当社にご登録のお電話番号からお電話ください。</li>
<li>「ご本人確認ができました」のガイダンスが流れた後、お電話を切ってください。</li>
<li>※通話料はかかりません</li>
<li>※お客様のご登録・ご利用状況によって、ご本人様確認ができない場合がございます。</li></ul>"""
        return ui.page("電話番号認証", body, step=1, heading=TITLE)

    def call_done(self, request: Request, session: Session, ui: Ui) -> Response:
        check = session.check
        if not isinstance(check, CallCheck) or session.completed:
            return self.show(request, session, ui)
        if check.verified:
            return self._complete(session, ui)
        if check.expired(self.app.clock.now()):
            return self._expired(session, ui, CALL_EXPIRED)
        error = STILL_TALKING if check.talking else BROKEN_OFF if check.broken_off else NO_CALL
        return self.show(request, session, ui, error, 422)

    # -- ends -------------------------------------------------------------------

    def _forget(self, session: Session) -> None:
        if isinstance(session.check, CallCheck):
            self.app.switchboard.withdraw(session.check)
        session.forget_registration()

    def _impossible(self, ui: Ui) -> Response:
        desk = self.app.config.auth_desk
        body = f"""<section class="panel narrow" role="alert"><h2>ご本人様確認ができませんでした</h2>
<p>※お客様のご登録・ご利用状況によって、ご本人様確認ができない場合がございます。</p>
<p>認証デスクまでお問い合わせください。</p>
<dl class="dial"><dt>認証デスク</dt><dd><a href="tel:{e(desk.replace("-", ""))}">{e(desk)}</a></dd>
<dt>受付時間</dt><dd class="small">9:00～17:00（1月1日を除く）</dd></dl></section>
<p class="go"><a class="button" href="{ui.url("/top")}">ホームページへ戻る</a></p>"""
        return Response(ui.page("ご本人様確認ができませんでした", body, step=1, heading=TITLE))

    def _expired(self, session: Session, ui: Ui, text: str) -> Response:
        self._forget(session)
        body = f"""<section class="panel narrow" role="alert"><h2>有効期限切れ</h2><p>{text}</p></section>
<p class="go"><a class="button primary" href="{ui.url("/register")}">最初からやり直す</a></p>"""
        return Response(ui.page("有効期限切れ", body, step=1, heading=TITLE), 410)

    def _complete(self, session: Session, ui: Ui) -> Response:
        item = session.entry
        salt, digest = hash_password(item.values["password"])
        login_id = item.values["login_id"]
        try:
            self.app.accounts.register(login_id, salt, digest, item.number, item.mails, item.newsletter)
        except Taken:
            self._forget(session)
            body = f"""<section class="panel narrow" role="alert"><p>お手続き中に、同じNetアンサーIDまたはカードの登録が完了しました。再度最初からお手続きください。</p></section>
<p class="go"><a class="button primary" href="{ui.url("/register")}">最初からやり直す</a></p>"""
            return Response(ui.page("登録できませんでした", body, step=1, heading=TITLE), 409)
        base = self.app.config.public_url
        text = messages.welcome_mail(login_id, base + self.app.url("/login") if base else "")
        sent = [self.app.mail.send(address, messages.WELCOME_SUBJECT, text)
                for address in dict.fromkeys(item.mails.values())]
        self._forget(session)           # card number and password leave the memory
        session.login_id = None         # whoever was logged in before: log in with the new ID
        session.completed = {"login_id": login_id, "mailed": any(sent)}
        return self.app.redirect("/register/complete")

    def complete_page(self, request: Request, session: Session, ui: Ui) -> Response:
        if not session.completed:
            return self.app.redirect("/register")
        if session.completed["mailed"]:
            mail = '<p class="mail-note">ご登録のメールアドレスにもNetアンサーIDをお送りしております。後ほどご確認ください。</p>'
        else:
            mail = '<p class="mail-note" role="alert">ご登録のメールアドレスにNetアンサーIDをお送りできませんでした。このページのIDをお控えください。</p>'
        body = f"""<section class="panel narrow done"><p class="thanks">ご登録ありがとうございます。<br>お客様のNetアンサーIDは<br><strong class="mono">{e(session.completed["login_id"])}</strong>です。</p>
<p class="go"><a class="button primary" href="{ui.url("/login")}">さっそくログインしてみましょう {ARROW}</a></p>
{mail}</section>"""
        return Response(ui.page("登録完了", body, step=2, heading=TITLE))
