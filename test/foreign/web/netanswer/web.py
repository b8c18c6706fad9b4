"""HTTP plumbing: requests, responses, routing and the server. Knows nothing of cards."""
from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, field
from http import cookies
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable
from urllib.parse import parse_qsl, urlsplit

log = logging.getLogger("netanswer.web")
MAX_BODY = 64 * 1024
MOBILE_AGENT = re.compile(r"iPhone|iPod|Android.+Mobile|Windows Phone|Mobile.+Firefox", re.I)

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


@dataclass
class Request:
    method: str
    path: str                   # without the base path
    full_path: str              # as requested, with the query
    query: dict[str, str]
    headers: dict[str, str]     # lower-case names
    body: bytes = b""

    @property
    def form(self) -> dict[str, str]:
        if not hasattr(self, "_form"):
            text = self.body.decode("utf-8", "replace")
            self._form = dict(parse_qsl(text, keep_blank_values=True))
        return self._form

    def json(self):
        return json.loads(self.body.decode("utf-8") or "null")

    def cookie(self, name: str) -> str | None:
        jar = cookies.SimpleCookie()
        try:
            jar.load(self.headers.get("cookie", ""))
        except cookies.CookieError:
            return None
        return jar[name].value if name in jar else None

    @property
    def is_smartphone(self) -> bool:
        hint = self.headers.get("sec-ch-ua-mobile")
        return hint == "?1" or bool(MOBILE_AGENT.search(self.headers.get("user-agent", "")))


@dataclass
class Response:
    body: str | bytes = ""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: list[tuple[str, str]] = field(default_factory=list)
    cacheable: bool = False

    @classmethod
    def redirect(cls, location: str) -> "Response":
        return cls("", 303, headers=[("Location", location)])

    @classmethod
    def json(cls, value, status: int = 200) -> "Response":
        return cls(json.dumps(value, ensure_ascii=False), status, "application/json; charset=utf-8")

    @classmethod
    def xml(cls, text: str, status: int = 200) -> "Response":
        return cls(text, status, "text/xml; charset=utf-8")


Handler = Callable[[Request], Response]


class Router:
    def __init__(self) -> None:
        self._routes: dict[str, dict[str, Handler]] = {}

    def add(self, method: str, path: str, handler: Handler) -> None:
        self._routes.setdefault(path, {})[method] = handler

    def lookup(self, method: str, path: str) -> tuple[Handler | None, list[str]]:
        """The handler, and the methods allowed at this path (none: no such path)."""
        found = self._routes.get(path, {})
        handler = found.get("GET" if method == "HEAD" else method)
        return handler, sorted(found)


def make_server(app) -> ThreadingHTTPServer:
    """``app`` offers ``config`` and ``handle(Request) -> Response``."""
    base = app.config.base_path

    class RequestHandler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Netanswer"
        sys_version = ""
        timeout = 60

        def _serve(self) -> None:
            try:
                length = int(self.headers.get("Content-Length") or 0)
            except ValueError:
                length = -1
            if not 0 <= length <= MAX_BODY:
                self.close_connection = True
                return self._send(Response("Payload too large", 413, "text/plain; charset=utf-8"))
            body = self.rfile.read(length) if length else b""
            parts = urlsplit(self.path)
            path = parts.path
            if base and path == base:
                return self._send(Response.redirect(f"{base}/"))
            if base and not path.startswith(base + "/"):
                return self._send(Response("Not found", 404, "text/plain; charset=utf-8"))
            request = Request(
                self.command, path[len(base):] or "/", self.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()}, body)
            try:
                response = app.handle(request)
            except Exception:
                log.exception("error while serving %s %s", request.method, request.path)
                response = app.failure(request)
            self._send(response)

        def _send(self, response: Response) -> None:
            body = response.body.encode("utf-8") if isinstance(response.body, str) else response.body
            self.send_response(response.status)
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=300" if response.cacheable else "no-store")
            for name, value in [*SECURITY_HEADERS.items(), *response.headers]:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_HEAD = _serve

        def log_message(self, format, *args):  # noqa: A002 (name given by the base class)
            # The path only: queries and bodies may carry personal data.
            log.info("%s %s %s", self.command, urlsplit(self.path).path, args[1] if len(args) > 1 else "")

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    return Server(("127.0.0.1", app.config.port), RequestHandler)
