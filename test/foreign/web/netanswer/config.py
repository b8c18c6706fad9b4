"""Settings, all taken from environment variables."""
from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Config:
    port: int = 8080
    base_path: str = ""
    members_file: Path = HERE.parent / "members.json"
    sms_url: str = ""
    sms_account: str = ""
    sms_token: str = ""
    sms_from: str = "+815000000000"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    gateway_timeout: float = 8.0
    free_dial: str = "0120-000471"
    auth_desk: str = "0120-000815"
    voice_token: str = ""
    public_url: str = ""
    test_token: str = ""

    @classmethod
    def from_environ(cls, env=os.environ) -> "Config":
        base = env.get("BASE_PATH", "").strip().strip("/")
        return cls(
            port=int(env.get("PORT") or 8080),
            base_path=f"/{base}" if base else "",
            members_file=Path(env.get("MEMBERS") or HERE.parent / "members.json"),
            sms_url=env.get("SMS_URL", "").rstrip("/"),
            sms_account=env.get("SMS_ACCOUNT", ""),
            sms_token=env.get("SMS_TOKEN", ""),
            sms_from=env.get("SMS_FROM") or cls.sms_from,
            smtp_host=env.get("SMTP_HOST", ""),
            smtp_port=int(env.get("SMTP_PORT") or 25),
            smtp_user=env.get("SMTP_USER", ""),
            smtp_password=env.get("SMTP_PASSWORD", ""),
            gateway_timeout=float(env.get("GATEWAY_TIMEOUT") or 8),
            free_dial=env.get("FREE_DIAL") or cls.free_dial,
            auth_desk=env.get("AUTH_DESK") or cls.auth_desk,
            voice_token=env.get("VOICE_TOKEN", ""),
            public_url=env.get("PUBLIC_URL", "").rstrip("/"),
            test_token=env.get("TEST_TOKEN", ""),
        )
