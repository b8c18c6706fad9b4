"""A running service with sinks for SMS and mail, and a tiny browser."""
from __future__ import annotations

import base64
import http.cookiejar
import json
import re
import socketserver
import threading
import unittest
import urllib.error
import urllib.request
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

from netanswer.application import Application
from netanswer.config import Config
from netanswer.web import make_server


def start(server):
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": .02}, daemon=True).start()
    return server


class SmsSink:
    def __init__(self):
        sink = self
        self.messages, self.status = [], 201

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                data = self.rfile.read(int(self.headers["Content-Length"])).decode()
                message = {k: v[0] for k, v in parse_qs(data).items()}
                message.update(path=self.path, auth=self.headers["Authorization"])
                if sink.status == 201:
                    sink.messages.append(message)
                self.send_response(sink.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args):
                pass
        self.server = start(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


class MailSink:
    def __init__(self):
        sink = self
        self.messages, self.logins, self.refuse = [], [], False

        class Handler(socketserver.StreamRequestHandler):
            def say(self, text):
                self.wfile.write(text.encode() + b"\r\n")

            def handle(self):
                self.say("220 sink ESMTP")
                for raw in self.rfile:
                    line = raw.decode().strip()
                    verb = line[:4].upper()
                    if verb == "EHLO":
                        self.say("250-sink")
                        self.say("250 AUTH PLAIN")
                    elif verb == "AUTH":
                        sink.logins.append(base64.b64decode(line.split()[-1]).split(b"\0")[1:])
                        self.say("235 ok")
                    elif verb == "RCPT" and sink.refuse:
                        self.say("550 no")
                    elif verb == "DATA":
                        self.say("354 go")
                        data = b""
                        while not data.endswith(b"\r\n.\r\n"):
                            data += self.rfile.readline()
                        sink.messages.append(message_from_bytes(data[:-5], policy=policy.default))
                        self.say("250 ok")
                    elif verb == "QUIT":
                        return self.say("221 bye")
                    else:
                        self.say("250 ok")
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.server = start(server)
        self.port = self.server.server_address[1]


class Page:
    def __init__(self, status, url, html, headers):
        self.status, self.url, self.html, self.headers = status, url, html, headers

    @property
    def csrf(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.html)[1]


class Browser:
    def __init__(self, base, agent="Mozilla/5.0 (X11; Linux x86_64)"):
        self.base, self.agent = base, agent
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.page = None

    def open(self, path, data=None, headers=None):
        body = data if isinstance(data, bytes) or data is None else urlencode(data).encode()
        request = urllib.request.Request(self.base + path, body, {"User-Agent": self.agent, **(headers or {})})
        try:
            answer = self.opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.page = Page(answer.status, answer.url, answer.read().decode(), dict(answer.headers))
        return self.page

    def post(self, path, **fields):
        return self.open(path, {"csrf": self.page.csrf, **fields})


MEMBERS = {  # short name: head, other groups, month, year, code
    "sms": ("4242", "4200", "0001", "0710", "08", "29", "318"),
    "sms2": ("5555", "5500", "0002", "0935", "11", "30", "742"),
    "amex": ("3782", "8200", "0030", "575", "05", "31", "9164"),
    "phone": ("3530", "1100", "0004", "0196", "02", "29", "506"),
    "mail": ("4242", "4200", "0006", "0442", "01", "30", "633"),
    "none": ("5555", "5500", "0007", "0229", "12", "28", "481"),
    "corporate": ("4242", "4200", "0008", "0663", "09", "29", "150"),
    "clubon": ("3530", "1100", "0009", "0357", "07", "30", "827"),
    "expired": ("4242", "4200", "0010", "0487", "03", "26", "904"),
    "locked": ("5555", "5500", "0011", "0611", "06", "29", "369"),
    "withdrawn": ("3530", "1100", "0012", "0782", "04", "29", "712"),
    "two-a": ("4242", "4200", "0013", "0823", "02", "31", "548"),
    "two-b": ("3782", "8200", "0131", "472", "09", "30", "7035"),
    "registered": ("3530", "1100", "0014", "0533", "08", "30", "293"),
}


def filled(who, **changes):
    names = ("card1", "card2", "card3", "card4", "exp_month", "exp_year", "security_code")
    return {**dict(zip(names, MEMBERS[who])), "login_id": "midori7grove", "password": "Tq9-wz_Lk3",
            "password2": "Tq9-wz_Lk3", "mail_pc": "someone@example.jp", "mail_mobile": "",
            "newsletter": "1", "agree": "1", **changes}


class ServiceTest(unittest.TestCase):
    token = "test-secret"
    extra: dict = {}

    @classmethod
    def setUpClass(cls):
        cls.sms, cls.mail = SmsSink(), MailSink()
        cls.app = Application(Config(
            port=0, base_path="/card", sms_url=cls.sms.url, sms_account="ACx", sms_token="tok",
            smtp_host="127.0.0.1", smtp_port=cls.mail.port, smtp_user="u", smtp_password="p",
            gateway_timeout=3, test_token=cls.token, **cls.extra))
        cls.server = start(make_server(cls.app))
        cls.base = f"http://127.0.0.1:{cls.server.server_address[1]}/card"

    @classmethod
    def tearDownClass(cls):
        for server in (cls.server, cls.sms.server, cls.mail.server):
            server.shutdown()
            server.server_close()

    def setUp(self):
        self.sms.messages.clear()
        self.mail.messages.clear()
        self.sms.status, self.mail.refuse = 201, False
        self.hook("/_test/reset", {})
        self.clock("10:00:00")
        self.browser = Browser(self.base)

    def hook(self, path, value):
        page = Browser(self.base).open(path, json.dumps(value).encode(), {"Authorization": f"Bearer {self.token}"})
        self.assertEqual(page.status, 200, page.html)

    def clock(self, hhmmss):
        self.hook("/_test/clock", {"now": f"2026-11-24T{hhmmss}+09:00"})

    def enter(self, who, browser=None, **changes):
        browser = browser or self.browser
        browser.open("/register")
        return browser.post("/register", **filled(who, **changes))

    def to_identity(self, who, browser=None, **changes):
        browser = browser or self.browser
        page = self.enter(who, browser, **changes)
        self.assertTrue(page.url.endswith("/register/confirm"), page.html)
        return browser.post("/register/verify")

    def call(self, path, sid="CA1", number="+81300047195", status="in-progress", headers=None, **more):
        return Browser(self.base).open(path, {"CallSid": sid, "From": number, "To": "+81120000471",
                                              "CallStatus": status, **more}, headers)
