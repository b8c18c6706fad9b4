"""Puts the parts together: services, routes, sessions, static files, test hooks."""
from __future__ import annotations

import hmac
import logging
from datetime import datetime
from pathlib import Path
from typing import Callable

from .accounts import Accounts
from .clock import Clock
from .config import Config
from .entry import EntryChecker
from .flows.entrance import Entrance
from .flows.mypage import MyPage
from .flows.register import Registration
from .flows.verify import Verification
from .gateways import MailGateway, SmsGateway
from .html import Ui
from .identity import Switchboard
from .members import MemberDirectory
from .sessions import COOKIE, Session, SessionStore
from .telephone import Telephone
from .web import Request, Response, Router

log = logging.getLogger("netanswer")
ASSETS = Path(__file__).resolve().parent / "assets"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml"}

PageHandler = Callable[[Request, Session, Ui], Response]


class Application:
    def __init__(self, config: Config) -> None:
        self.config = config
        self.clock = Clock()
        self.members = MemberDirectory(config.members_file)
        self.accounts = Accounts(self.clock, self.members)
        self.checker = EntryChecker(self.members, self.accounts, self.clock)
        self.sessions = SessionStore(self.clock)
        self.switchboard = Switchboard()
        self.sms = SmsGateway(config)
        self.mail = MailGateway(config, self.clock)
        self.router = Router()
        self._assets = {f"/assets/{path.name}": path for path in ASSETS.iterdir() if path.suffix in TYPES}
        for part in (Entrance, Registration, Verification, MyPage, Telephone):
            part(self)
        if config.test_token:
            self.router.add("POST", "/_test/clock", self._test(self._set_clock))
            self.router.add("POST", "/_test/reset", self._test(self._reset))

    # -- helpers for the flows -------------------------------------------------

    def url(self, path: str) -> str:
        return self.config.base_path + path

    def redirect(self, path: str) -> Response:
        return Response.redirect(self.url(path))

    def page(self, method: str, path: str, handler: PageHandler) -> None:
        """Register a page: opens the session, guards POSTs against forgery."""
        def run(request: Request) -> Response:
            session = self.sessions.get(request.cookie(COOKIE))
            fresh = session is None
            if session is None:
                if request.method == "POST":
                    return self._timed_out(request)
                session = self.sessions.create()
            with session.lock:
                ui = self.ui(request, session)
                if request.method == "POST" and not session.csrf_ok(request.form.get("csrf")):
                    return self._timed_out(request)
                response = handler(request, session, ui)
            if fresh:
                self.set_cookie(response, session)
            return response
        self.router.add(method, path, run)

    def ui(self, request: Request, session: Session | None = None) -> Ui:
        return Ui(self.config.base_path, request.is_smartphone,
                  session.csrf if session else "", bool(session and session.login_id))

    def set_cookie(self, response: Response, session: Session) -> None:
        secure = "; Secure" if self.config.public_url.startswith("https:") else ""
        response.headers.append(("Set-Cookie", f"{COOKIE}={session.sid}; Path={self.config.base_path or '/'}; "
                                               f"HttpOnly; SameSite=Lax{secure}"))

    # -- entry points used by the server ---------------------------------------

    def handle(self, request: Request) -> Response:
        asset = self._assets.get(request.path)
        if asset and request.method in ("GET", "HEAD"):
            return Response(asset.read_bytes(), content_type=TYPES[asset.suffix], cacheable=True)
        handler, allowed = self.router.lookup(request.method, request.path)
        if handler:
            return handler(request)
        if allowed:
            return Response("Method not allowed", 405, "text/plain; charset=utf-8",
                            [("Allow", ", ".join(allowed))])
        return self._notice(request, 404, "ページが見つかりません",
                            "お探しのページは移動したか、削除された可能性があります。")

    def failure(self, request: Request) -> Response:
        return self._notice(request, 500, "ただいまご利用いただけません",
                            "おそれいりますが、しばらくたってからもう一度お試しください。")

    def _timed_out(self, request: Request) -> Response:
        return self._notice(request, 403, "お手続きの有効時間を過ぎました",
                            "安全のため、お手続きを終了しました。おそれいりますが、再度最初からお手続きください。")

    def _notice(self, request: Request, status: int, title: str, text: str) -> Response:
        ui = self.ui(request)
        body = (f'<section class="panel"><p>{text}</p>'
                f'<p><a class="button" href="{ui.url("/login")}">ログイン・新規登録の画面へ</a></p></section>')
        return Response(ui.page(title, body, heading=title), status)

    # -- test hooks ------------------------------------------------------------

    def _test(self, handler):
        expected = f"Bearer {self.config.test_token}".encode()

        def run(request: Request) -> Response:
            given = request.headers.get("authorization", "").encode("utf-8", "replace")
            if not hmac.compare_digest(expected, given):
                return Response.json({"error": "unauthorized"}, 401)
            return handler(request)
        return run

    def _set_clock(self, request: Request) -> Response:
        try:
            self.clock.set(datetime.fromisoformat(request.json()["now"]))
        except (ValueError, KeyError, TypeError):
            return Response.json({"error": "expected {\"now\": ISO 8601 date and time}"}, 400)
        return Response.json({"now": self.clock.now().isoformat()})

    def _reset(self, request: Request) -> Response:
        self.clock.reset()
        self.members.reload()
        self.accounts.reset()
        self.switchboard.clear()
        self.sessions.clear()
        return Response.json({"ok": True, "now": self.clock.now().isoformat()})
