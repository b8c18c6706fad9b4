"""After the login: home page with points and statement (guide, page 38), settings."""
from __future__ import annotations

from .. import cards
from ..html import Ui, done, e, yen
from ..members import Statement
from ..sessions import Session
from ..web import Request, Response


def month_name(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def day_name(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日"


def statement_table(statement: Statement) -> str:
    if not statement.lines:
        return "<p>ご利用はありません。</p>"
    rows = "".join(f"<tr><td>{e(day.replace('-', '/'))}</td><td>{e(shop)}</td><td class=\"num\">{yen(amount)}</td></tr>"
                   for day, shop, amount in statement.lines)
    return f"""<table class="statement"><caption>{month_name(statement.month)}お支払い分</caption>
<thead><tr><th scope="col">ご利用日</th><th scope="col">ご利用先</th><th scope="col" class="num">ご利用金額</th></tr></thead>
<tbody>{rows}</tbody>
<tfoot><tr><th scope="row" colspan="2">合計</th><td class="num">{yen(statement.total)}</td></tr></tfoot></table>"""


class MyPage:
    def __init__(self, app) -> None:
        self.app = app
        app.page("GET", "/home", self.home)
        app.page("GET", "/home/statement", self.statement)
        app.page("GET", "/home/settings", self.settings)
        app.page("POST", "/home/settings", self.save)

    def _account(self, session: Session):
        account = self.app.accounts.get(session.login_id) if session.login_id else None
        if account is None:
            return None
        member, card = self.app.members.find(account.card_number)
        return account, member, card

    @staticmethod
    def _nav(ui: Ui, current: str) -> str:
        links = (("/home", "ホーム"), ("/home/statement", "ご利用明細"), ("/home/settings", "登録内容の確認・変更"))
        return '<nav class="tabs" aria-label="Netアンサーのメニュー"><ul>' + "".join(
            f'<li><a href="{ui.url(path)}"{" aria-current=page" if path == current else ""}>{name}</a></li>'
            for path, name in links) + "</ul></nav>"

    def home(self, request: Request, session: Session, ui: Ui) -> Response:
        found = self._account(session)
        if not found:
            return self.app.redirect("/login")
        _, member, card = found
        latest = card.statements[0] if card.statements else None
        payment, detail = "<p>ご請求はありません。</p>", ""
        if latest:
            payment = (f'<dl class="big"><dt>{month_name(latest.month)}のお支払金額</dt><dd>{yen(latest.total)}</dd>'
                       f"<dt>お支払日</dt><dd class=\"small\">{day_name(latest.pay_on)}</dd></dl>")
            detail = statement_table(latest)
        body = f"""{self._nav(ui, "/home")}
<p class="greeting">{e(member.name)} 様</p>
<p class="card-line">{e(card.product)}（{e(card.brand)}） <span class="mono">{e(cards.mask(card.number))}</span></p>
<div class="tiles two">
<section class="panel" aria-labelledby="points-title"><h2 id="points-title">永久不滅ポイント</h2>
<p class="big-number"><output>{card.points:,}</output> ポイント</p></section>
<section class="panel" aria-labelledby="pay-title"><h2 id="pay-title">お支払金額</h2>{payment}</section></div>
<section class="panel" aria-labelledby="state-title"><h2 id="state-title">カードのご利用明細</h2>{detail}
<p><a href="{ui.url("/home/statement")}">過去のご利用明細を見る</a></p></section>"""
        return Response(ui.page("ホーム", body, heading="ホーム"))

    def statement(self, request: Request, session: Session, ui: Ui) -> Response:
        found = self._account(session)
        if not found:
            return self.app.redirect("/login")
        card = found[2]
        tables = "".join(f'<section class="panel">{statement_table(s)}</section>' for s in card.statements)
        body = self._nav(ui, "/home/statement") + (tables or "<p>ご利用はありません。</p>")
        return Response(ui.page("ご利用明細", body, heading="ご利用明細"))

    def settings(self, request: Request, session: Session, ui: Ui) -> Response:
        found = self._account(session)
        if not found:
            return self.app.redirect("/login")
        account, _, card = found
        message, session.notice = session.notice, None
        mails = "".join(f"<dt>メールアドレス（{name}）</dt><dd>{e(account.mails[kind])}</dd>"
                        for kind, name in (("pc", "パソコン"), ("mobile", "携帯電話・スマートフォン"))
                        if kind in account.mails)
        secure = "登録済み" if account.three_d_secure else "未登録"

        def tick(on: bool) -> str:
            return " checked" if on else ""
        form = f"""<fieldset><legend>ご利用明細書の受取方法</legend>
<label><input type="radio" name="paper" value="0"{tick(not account.paper_statement)}> Netアンサーで確認する</label>
<label><input type="radio" name="paper" value="1"{tick(account.paper_statement)}> 紙のご利用明細書を郵送で受け取る</label></fieldset>
<fieldset><legend>メールマガジン</legend>
<label><input type="checkbox" name="newsletter" value="1"{tick(account.newsletter)}> キャンペーンやプレゼントなどおトクなメールを受け取る</label></fieldset>
<p class="go"><button class="button primary">変更する</button></p>"""
        body = f"""{self._nav(ui, "/home/settings")}
{done(message or "")}
<section class="panel"><h2>ご登録の内容</h2><dl class="list">
<dt>NetアンサーID</dt><dd>{e(account.login_id)}</dd>
<dt>クレジットカード番号</dt><dd>{e(cards.mask(card.number))}</dd>{mails}
<dt>本人認証サービス（3Dセキュア）</dt><dd>{secure}</dd></dl></section>
<section class="panel"><h2>設定の変更</h2>{ui.form("/home/settings", form)}</section>"""
        return Response(ui.page("登録内容の確認・変更", body, heading="登録内容の確認・変更"))

    def save(self, request: Request, session: Session, ui: Ui) -> Response:
        found = self._account(session)
        if not found:
            return self.app.redirect("/login")
        account = found[0]
        account.paper_statement = request.form.get("paper") == "1"
        account.newsletter = request.form.get("newsletter") == "1"
        session.notice = "設定を変更しました。"
        return self.app.redirect("/home/settings")
