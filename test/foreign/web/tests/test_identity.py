import base64
import hashlib
import hmac
import re

from .support import Browser, ServiceTest


def sms_code(message):
    return re.match(r"パスコード (\d{6})\n", message["Body"])[1]


class Sms(ServiceTest):
    def test_to_completion_and_login(self):
        page = self.to_identity("sms", mail_mobile="other@example.jp")
        self.assertIn("*****7348", page.html)
        self.assertIn("にお送りしたパスコードを入力してください。", page.html)
        sms = self.sms.messages[0]
        self.assertEqual(sms["To"], "+819000017348")
        self.assertTrue(sms["path"].endswith("/2010-04-01/Accounts/ACx/Messages.json"))
        self.assertRegex(sms["Body"], r"\Aパスコード \d{6}\nご利用のサービスに入力して手続きを進めてください。\n"
                                      r"有効期限: 11/24 10:10\n株式会社クレディセゾン\Z")
        page = self.browser.post("/register/identity/passcode", passcode=sms_code(sms))
        self.assertTrue(page.url.endswith("/register/complete"))
        self.assertIn("お客様のNetアンサーIDは<br><strong class=\"mono\">midori7grove</strong>です。", page.html)
        self.assertEqual({m["To"] for m in self.mail.messages}, {"someone@example.jp", "other@example.jp"})
        self.assertIn("midori7grove", self.mail.messages[0].get_content())
        self.assertEqual(self.mail.logins[-1], [b"u", b"p"])
        self.browser.open("/login")
        self.assertEqual(self.browser.post("/login", login_id="midori7grove", password="wrong999").status, 422)
        page = self.browser.post("/login", login_id="midori7grove", password="Tq9-wz_Lk3")
        self.assertTrue(page.url.endswith("/home"))
        for text in ("永久不滅ポイント", "4,820", "16,332円", "みほんスーパー 池袋店"):
            self.assertIn(text, page.html)
        self.assertIn("すでに", self.enter("sms", Browser(self.base)).html)

    def test_expiry(self):
        self.to_identity("sms")
        code = sms_code(self.sms.messages[0])
        self.clock("10:09:50")
        self.assertEqual(self.browser.open("/register/identity").status, 200)
        self.clock("10:10:02")
        page = self.browser.post("/register/identity/passcode", passcode=code)
        self.assertEqual(page.status, 410)
        self.assertIn("再度最初から", page.html)

    def test_just_in_time(self):
        self.to_identity("sms")
        self.clock("10:09:50")
        page = self.browser.post("/register/identity/passcode", passcode=sms_code(self.sms.messages[0]))
        self.assertIn("ご登録ありがとうございます。", page.html)

    def test_reissue_replaces_the_code_and_is_limited(self):
        self.to_identity("sms2")
        self.clock("10:08:00")
        page = self.browser.post("/register/identity/reissue")
        self.assertIn("再発行しました", page.html)
        old, new = map(sms_code, self.sms.messages)
        self.assertIn("あと4回", self.browser.post("/register/identity/passcode", passcode=old).html)
        self.clock("10:17:00")
        for _ in range(2):
            self.browser.post("/register/identity/reissue")
        self.assertNotIn("再発行する</button>", self.browser.page.html)
        self.assertEqual(self.browser.post("/register/identity/reissue").status, 429)
        self.assertEqual(len(self.sms.messages), 4)
        page = self.browser.post("/register/identity/passcode", passcode=sms_code(self.sms.messages[-1]))
        self.assertIn("ご登録ありがとうございます。", page.html)

    def test_wrong_codes_lock_the_check(self):
        self.to_identity("sms")
        good = sms_code(self.sms.messages[0])
        bad = "000000" if good != "000000" else "000001"
        for _ in range(5):
            page = self.browser.post("/register/identity/passcode", passcode=bad)
        self.assertIn("認証デスク", page.html)
        page = self.to_identity("sms", Browser(self.base))
        self.assertIn("認証デスク", page.html)
        self.assertEqual(len(self.sms.messages), 1)

    def test_failed_delivery_can_be_repeated(self):
        self.sms.status = 503
        page = self.to_identity("sms")
        self.assertIn("お送りできませんでした", page.html)
        self.sms.status = 201
        self.browser.post("/register/identity/reissue")
        page = self.browser.post("/register/identity/passcode", passcode=sms_code(self.sms.messages[0]))
        self.assertIn("ご登録ありがとうございます。", page.html)

    def test_pressing_twice_sends_once(self):
        self.to_identity("sms")
        self.browser.post("/register/verify")
        self.assertEqual(len(self.sms.messages), 1)

    def test_completion_tells_when_the_mail_failed(self):
        self.to_identity("sms")
        self.mail.refuse = True
        page = self.browser.post("/register/identity/passcode", passcode=sms_code(self.sms.messages[0]))
        self.assertIn("お送りできませんでした", page.html)
        self.assertIn("midori7grove", page.html)


class Mail(ServiceTest):
    def test_to_completion(self):
        page = self.to_identity("mail")
        self.assertIn("*****@example.jp", page.html)
        mail = self.mail.messages[0]
        self.assertEqual(mail["To"], "kato-hina@example.jp")
        self.assertEqual(mail["Subject"], "<セゾンカード>ワンタイムパスコードのお知らせ")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "namr@mail.saisoncard.co.jp")
        text = mail.get_content()
        self.assertIn("※有効期限は 10 分間です。必ず有効期限内にお手続きください。", text)
        code = re.search(r"^\d{6}$", text, re.M)[0]
        page = self.browser.post("/register/identity/passcode", passcode=code)
        self.assertIn("ご登録ありがとうございます。", page.html)
        self.assertEqual(self.mail.messages[1]["To"], "someone@example.jp")

    def test_expiry_forces_a_new_start(self):
        self.to_identity("mail")
        self.clock("10:10:05")
        self.assertEqual(self.browser.post("/register/identity/reissue").status, 410)
        self.assertTrue(self.browser.open("/register/identity").url.endswith("/register"))


class Telephone(ServiceTest):
    def finish(self):
        return self.browser.post("/register/identity/call")

    def test_to_completion(self):
        page = self.to_identity("phone")
        self.assertIn("<strong>15分以内</strong>", page.html)
        self.assertIn("0120-000471", page.html)
        self.assertIn("まだ確認できていません", self.finish().html)
        twiml = self.call("/voice").html
        self.assertIn("ご本人確認ができました</Say><Redirect method=\"POST\">/card/voice/heard<", twiml)
        self.assertIn("まだ切れていない", self.finish().html)
        self.call("/voice/heard")
        self.assertIn("まだ切れていない", self.finish().html)
        self.call("/voice/ended", status="completed", CallDuration="9")
        self.assertIn("ご登録ありがとうございます。", self.finish().html)

    def test_hung_up_before_the_end(self):
        self.to_identity("phone")
        self.call("/voice")
        self.call("/voice/ended", status="completed", CallDuration="1")
        self.assertIn("途中でお電話が切れた", self.finish().html)
        self.call("/voice", sid="CA2", number="0300047195")
        self.call("/voice/heard", sid="CA2", number="0300047195")
        self.call("/voice/ended", sid="CA2", status="completed")
        self.assertIn("ご登録ありがとうございます。", self.finish().html)

    def test_other_and_withheld_numbers_and_early_calls(self):
        self.assertNotIn("できました", self.call("/voice").html)
        self.to_identity("phone")
        self.assertIn("通知がない", self.call("/voice", sid="CA7", number="anonymous").html)
        self.assertIn("通知がない", self.call("/voice", sid="CA8", number="").html)
        self.assertNotIn("できました", self.call("/voice", sid="CA9", number="+819000017348").html)
        self.call("/voice/heard")
        self.call("/voice/ended", status="completed")
        self.assertEqual(self.finish().status, 422)

    def test_fifteen_minutes(self):
        self.to_identity("phone")
        self.clock("10:14:50")
        self.call("/voice")
        self.call("/voice/heard")
        self.clock("10:15:20")
        self.call("/voice/ended", status="completed")
        self.assertIn("ご登録ありがとうございます。", self.finish().html)

    def test_too_late(self):
        self.to_identity("phone")
        self.clock("10:15:05")
        self.assertNotIn("できました", self.call("/voice").html)
        page = self.finish()
        self.assertEqual(page.status, 410)
        self.assertIn("再度最初から", page.html)


class SignedTelephone(ServiceTest):
    extra = {"voice_token": "vt"}

    def test_signature(self):
        self.to_identity("phone")
        self.assertEqual(self.call("/voice").status, 403)
        fields = {"CallSid": "CA1", "From": "+81300047195", "To": "+81120000471", "CallStatus": "in-progress"}
        text = f"{self.base}/voice" + "".join(k + v for k, v in sorted(fields.items()))
        signature = base64.b64encode(hmac.new(b"vt", text.encode(), hashlib.sha1).digest()).decode()
        page = self.call("/voice", headers={"X-Twilio-Signature": signature})
        self.assertIn("ご本人確認ができました", page.html)


class Impossible(ServiceTest):
    def test_no_contact_and_locked_card(self):
        for who in ("none", "locked"):
            page = self.to_identity(who, Browser(self.base))
            self.assertIn("ご本人様確認ができない場合がございます。", page.html)
            self.assertIn("0120-000815", page.html)
        self.assertFalse(self.sms.messages)
