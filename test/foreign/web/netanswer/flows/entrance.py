"""Search, home page of the card company, login page and side pages (guide, pages 23 and 25)."""
from __future__ import annotations

from ..html import ARROW, Ui, alert, e
from ..sessions import Session
from ..web import Request, Response

SITE = "https://www.saisoncard.co.jp/"
NEW_REGISTRATION = "Netアンサー新規登録 (無料)"

BEFORE = """
<section class="panel before" aria-labelledby="before-title">
<h2 id="before-title">お手続きの前にお手元にご用意ください</h2>
<ol>
<li>「セゾンカード」</li>
<li>ご本人様の「メールアドレス」
<p class="note">※迷惑メール対策などにより、Netアンサーからのメールを受信できない可能性があります。あらかじめ「saisonid.com」「mail.saisoncard.co.jp」の受信許可設定をお願いいたします。</p></li>
<li>当社にご登録の携帯電話もしくは固定電話
<p class="note">※携帯電話番号の場合、SMS(ショートメール)でのワンタイムパスコード認証が必要です。</p></li>
</ol>
</section>"""


class Entrance:
    def __init__(self, app) -> None:
        self.app = app
        app.page("GET", "/", self.search)
        app.page("GET", "/top", self.top)
        app.page("GET", "/login", self.login_page)
        app.page("POST", "/login", self.login)
        app.page("POST", "/logout", self.logout)
        app.page("GET", "/clubon", self.clubon)
        app.page("GET", "/newsletter", self.newsletter)

    def search(self, request: Request, session: Session, ui: Ui) -> Response:
        words = request.query.get("q", "").strip()[:100]
        result = ""
        if "セゾンカード" in words.replace(" ", "").replace("　", ""):
            result = f"""<section aria-labelledby="hits"><h2 id="hits">検索結果</h2>
<article class="hit"><h3><a href="{ui.url("/top")}">セゾンカード</a></h3><cite>{SITE}</cite>
<p>クレジットカードはセゾンカード。Netアンサーでご利用明細や永久不滅ポイントをご確認いただけます。</p></article></section>"""
        elif words:
            result = f'<p role="status">「{e(words)}」に一致する情報は見つかりませんでした。</p>'
        body = f"""<form method="get" action="{ui.url("/")}" role="search" class="search">
<label for="q">キーワード</label>
<input type="search" id="q" name="q" value="{e(words)}" placeholder="セゾンカード">
<button>検索</button></form>{result}"""
        return Response(ui.page("検索", body, heading="ウェブ検索"))

    def top(self, request: Request, session: Session, ui: Ui) -> Response:
        if ui.logged_in:
            header = f'<nav aria-label="会員メニュー"><a class="enter" href="{ui.url("/home")}">マイページ</a></nav>'
        else:
            login = ui.url("/login")
            header = ('<nav aria-label="会員メニュー">'
                      + ui.pc(f'<a class="enter" href="{login}"><b>Netアンサー</b> <small>ログイン</small></a>')
                      + ui.sp(f'<a class="enter" href="{login}">ログイン</a>') + "</nav>")
        body = """<section class="hero"><p class="lead">毎日のお買い物を、もっと心地よく。</p>
<p>年会費無料のカードから、旅行に便利なカードまで。たまったポイントに有効期限はありません。</p></section>
<section class="tiles" aria-label="ご案内">
<div class="panel"><h2>カードをつくる</h2><p>暮らしに合った1枚をお選びください。</p></div>
<div class="panel"><h2>ポイントをつかう</h2><p>永久不滅ポイントを、お好きなときに。</p></div>
<div class="panel"><h2>お困りのとき</h2><p>紛失・盗難の受付は24時間365日。</p></div></section>"""
        return Response(ui.page("ホームページ", body, header=header, heading="セゾンカード"))

    def login_page(self, request: Request, session: Session, ui: Ui, message: str = "",
                   login_id: str = "", status: int = 200) -> Response:
        if session.login_id:
            return self.app.redirect("/home")
        fields = f"""<p class="row"><label for="login-id">NetアンサーID</label>
<input id="login-id" name="login_id" value="{e(login_id)}" autocomplete="username" autocapitalize="none" spellcheck="false"></p>
<p class="row"><label for="login-password">Netアンサーパスワード</label>
<input id="login-password" type="password" name="password" autocomplete="current-password"></p>
<p class="go"><button class="button primary">ログイン</button></p>"""
        body = f"""{alert(message)}
<section class="panel narrow" aria-labelledby="login-title"><h2 id="login-title">ログイン</h2>
{ui.form("/login", fields)}</section>
<section class="panel narrow" aria-labelledby="new-title"><h2 id="new-title">はじめてご利用の方</h2>
<p class="go"><a class="button primary" href="{ui.url("/register")}">{NEW_REGISTRATION} {ARROW}</a></p></section>
{BEFORE}"""
        return Response(ui.page("ログイン", body, heading="Netアンサー"), status)

    def login(self, request: Request, session: Session, ui: Ui) -> Response:
        accounts = self.app.accounts
        login_id, password = request.form.get("login_id", "").strip(), request.form.get("password", "")
        if not login_id or not password:
            return self.login_page(request, session, ui, "NetアンサーIDとパスワードをご入力ください。", login_id, 422)
        locked = "ログインの誤りが続いたため、一時的にログインを停止しています。30分以上たってからお試しください。"
        if accounts.login_failures.full(login_id.lower()):
            return self.login_page(request, session, ui, locked, login_id, 429)
        account = accounts.login(login_id, password)
        if account is None:
            wrong = "NetアンサーIDまたはパスワードに誤りがあります。"
            if accounts.login_failures.full(login_id.lower()):
                wrong = locked
            return self.login_page(request, session, ui, wrong, login_id, 422)
        # A new session for the logged-in customer (no session fixation).
        self.app.sessions.drop(session)
        renewed = self.app.sessions.create()
        renewed.login_id = account.login_id
        response = self.app.redirect("/home")
        self.app.set_cookie(response, renewed)
        return response

    def logout(self, request: Request, session: Session, ui: Ui) -> Response:
        self.app.sessions.drop(session)
        return self.app.redirect("/top")

    def clubon(self, request: Request, session: Session, ui: Ui) -> Response:
        body = f"""<section class="panel"><p>クラブ・オン/ミレニウムカードは、専用の会員サイトでご登録を受け付けています。</p>
<p>カードに同封のご案内、またはカード裏面の電話番号でご登録方法をご確認ください。</p>
<p><a class="button" href="{ui.url("/login")}">ログイン画面へ戻る</a></p></section>"""
        title = "クラブ・オン/ミレニウムカードをご利用のお客様"
        return Response(ui.page(title, body, heading=title))

    def newsletter(self, request: Request, session: Session, ui: Ui) -> Response:
        body = """<section class="panel"><p>キャンペーンやプレゼント、優待のご案内を月に数回、ご登録のメールアドレスにお届けします。</p>
<p>受け取りの有無は、ご登録後にNetアンサーでいつでも変更いただけます。</p>
<p class="note">※お支払いなどに関する重要なお知らせは、メールマガジンを受け取らない場合もお送りします。</p></section>"""
        return Response(ui.page("メールマガジンについて", body, heading="メールマガジンについて"))
