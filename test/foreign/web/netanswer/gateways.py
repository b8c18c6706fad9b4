"""The outside world: SMS by a Twilio-compatible REST API, mail by SMTP."""
from __future__ import annotations

import base64
import logging
import smtplib
import urllib.error
import urllib.request
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import quote, urlencode

from .clock import Clock
from .config import Config

log = logging.getLogger("netanswer.gateways")
SENDER = Address("セゾンカード", "namr", "mail.saisoncard.co.jp")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def to_e164(domestic: str) -> str:
    return "+81" + domestic.removeprefix("0")


class SmsGateway:
    def __init__(self, config: Config) -> None:
        self._config = config
        self._opener = urllib.request.build_opener(_NoRedirects)

    def send(self, number: str, text: str) -> bool:
        c = self._config
        if not c.sms_url:
            log.error("SMS_URL is not set; no SMS sent")
            return False
        data = urlencode({"To": to_e164(number), "From": c.sms_from, "Body": text}).encode()
        basic = base64.b64encode(f"{c.sms_account}:{c.sms_token}".encode()).decode()
        request = urllib.request.Request(
            f"{c.sms_url}/2010-04-01/Accounts/{quote(c.sms_account, safe='')}/Messages.json",
            data, {"Authorization": f"Basic {basic}",
                   "Content-Type": "application/x-www-form-urlencoded",
                   "Accept": "application/json"})
        try:
            with self._opener.open(request, timeout=c.gateway_timeout) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            error.close()
            status = error.code
        except (OSError, ValueError) as error:
            log.error("SMS gateway cannot be reached: %s", error)
            return False
        if status != 201:
            log.error("SMS gateway answered %s", status)
        return status == 201


class MailGateway:
    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._clock = config, clock

    def compose(self, recipient: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = SENDER
        message["To"] = recipient
        message["Subject"] = subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = make_msgid(domain="mail.saisoncard.co.jp")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, charset="utf-8", cte="base64")
        return message

    def send(self, recipient: str, subject: str, text: str) -> bool:
        c = self._config
        if not c.smtp_host:
            log.error("SMTP_HOST is not set; no mail sent")
            return False
        try:
            message = self.compose(recipient, subject, text)
            with smtplib.SMTP(c.smtp_host, c.smtp_port, timeout=c.gateway_timeout) as smtp:
                smtp.ehlo_or_helo_if_needed()
                if c.smtp_user:
                    smtp.user, smtp.password = c.smtp_user, c.smtp_password
                    smtp.auth("PLAIN", smtp.auth_plain)
                smtp.send_message(message)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            log.error("mail could not be sent: %s", type(error).__name__)
            return False
        return True
