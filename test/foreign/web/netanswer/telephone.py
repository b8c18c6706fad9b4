"""Voice webhook (Twilio style): the call by which a member with a landline is recognised."""
from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
from xml.sax.saxutils import escape

from .web import Request, Response

log = logging.getLogger("netanswer.telephone")

CONFIRMED = "ご本人確認ができました"             # guide, page 35
AFTER = "お電話をお切りになった後、認証を完了するボタンを押してください。"
WITHHELD = "電話番号の通知がないため、ご本人様確認ができません。番号の前に186をつけて、おかけ直しください。"
UNKNOWN = ("お手続き中の画面を確認できません。画面が表示されてから、"
           "当社にご登録のお電話番号から、おかけ直しください。")
FINISHED = {"completed", "busy", "failed", "no-answer", "canceled"}


def domestic(number: str) -> str:
    """'+81 3-0000-6284' and '03-0000-6284' -> '0300006284'; '' when withheld."""
    text = re.sub(r"[\s()\-‐−–.]", "", number or "")
    if text.startswith("+81"):
        text = "0" + text[3:].removeprefix("0")
    elif re.fullmatch(r"81[1-9][0-9]{8,9}", text):
        text = "0" + text[2:]
    return text if re.fullmatch(r"0[0-9]{8,10}", text) else ""


def twiml(*sentences: str, then: str = "<Hangup/>") -> Response:
    says = "".join(f'<Say language="ja-JP">{escape(s)}</Say>' for s in sentences)
    return Response.xml(f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>{says}{then}</Response>')


class Telephone:
    def __init__(self, app) -> None:
        self._app = app
        app.router.add("POST", "/voice", self._guarded(self.incoming))
        app.router.add("POST", "/voice/heard", self._guarded(self.heard))
        app.router.add("POST", "/voice/ended", self._guarded(self.ended))

    def _guarded(self, handler):
        def wrapper(request: Request) -> Response:
            if not self._signature_ok(request):
                return Response("Forbidden", 403, "text/plain; charset=utf-8")
            return handler(request)
        return wrapper

    def _signature_ok(self, request: Request) -> bool:
        token = self._app.config.voice_token
        if not token:
            return True
        host = request.headers.get("host", "")
        schemes = [self._app.config.public_url] if self._app.config.public_url else [
            f"http://{host}", f"https://{host}"]
        given = request.headers.get("x-twilio-signature", "")
        signed = "".join(name + value for name, value in sorted(request.form.items()))
        for prefix in schemes:
            digest = hmac.new(token.encode(), (prefix + request.full_path + signed).encode(), hashlib.sha1).digest()
            if hmac.compare_digest(base64.b64encode(digest), given.encode("utf-8", "replace")):
                return True
        return False

    def incoming(self, request: Request) -> Response:
        form = request.form
        sid, number = form.get("CallSid", ""), domestic(form.get("From", ""))
        if form.get("CallStatus", "").lower() in FINISHED:
            return self.ended(request)
        if not sid:
            return Response("CallSid is missing", 400, "text/plain; charset=utf-8")
        if not number:
            return twiml(WITHHELD)
        if self._app.switchboard.ring(sid, number, self._app.clock.now()) is None:
            log.info("call without a waiting page")
            return twiml(UNKNOWN)
        # The redirect is followed only when the sentence was heard to its end.
        return twiml(CONFIRMED, then=f'<Redirect method="POST">{escape(self._app.url("/voice/heard"))}</Redirect>')

    def heard(self, request: Request) -> Response:
        form = request.form
        if not self._app.switchboard.guidance_heard(form.get("CallSid", ""), domestic(form.get("From", ""))):
            return twiml(UNKNOWN)
        return twiml(AFTER)

    def ended(self, request: Request) -> Response:
        status = request.form.get("CallStatus", "").lower()
        if status in FINISHED:
            self._app.switchboard.hang_up(request.form.get("CallSid", ""), status == "completed")
        return Response.xml('<?xml version="1.0" encoding="UTF-8"?>\n<Response/>')
