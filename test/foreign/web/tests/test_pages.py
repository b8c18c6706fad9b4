from netanswer import cards, entry
from netanswer.config import Config
from netanswer.members import MemberDirectory

from .support import Browser, ServiceTest

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1"


class Entrance(ServiceTest):
    def test_way_to_the_form(self):
        b = self.browser
        self.assertIn("https://www.saisoncard.co.jp/", b.open("/?q=%E3%82%BB%E3%82%BE%E3%83%B3%E3%82%AB%E3%83%BC%E3%83%89").html)
        self.assertIn("見つかりませんでした", b.open("/?q=%3Cb%3E").html)
        self.assertIn("<b>Netアンサー</b>", b.open("/top").html)
        self.assertIn("Netアンサー新規登録 (無料)", b.open("/login").html)
        self.assertIn("お手続きの前にお手元にご用意ください", b.page.html)
        for path in ("/clubon", "/newsletter"):
            self.assertEqual(b.open(path).status, 200)
        self.assertEqual(b.open("/nowhere").status, 404)

    def test_smartphone(self):
        phone = Browser(self.base, IPHONE)
        self.assertNotIn("<b>Netアンサー</b>", phone.open("/top").html)
        page = phone.open("/register").html
        self.assertNotIn("ソフトウェアキーボード", page)
        self.assertIn(">Netアンサー規約</button>", page)


class Form(ServiceTest):
    def errors(self, who="sms", **changes):
        page = self.enter(who, Browser(self.base), **changes)
        self.assertEqual(page.status, 422)
        return page.html

    def test_documented_texts(self):
        html = self.browser.open("/register").html
        for text in ("コーポレートカード会員様はNetアンサーをご利用いただけません。", "クレジットカード情報", "選択",
                     "16桁未満の場合は左詰めでご入力ください。", "例：カードの表示「01/28」⇒「(月) 01/(年) 28」と入力",
                     "ソフトウェアキーボードで入力する", "※カード裏面に印字されている番号の下3桁をご入力ください。",
                     "確認用に再度ご入力ください。", "どちらか一方は必ずご入力ください。", "詳しくはこちら",
                     "セゾンNetアンサー規約", "スクロールして規約全文をご覧ください", "規約に同意して確認画面に進む",
                     "「本人認証サービス（3Dセキュア）」へ自動登録されます。"):
            self.assertIn(text, html)

    def test_format_errors(self):
        self.assertIn("4桁+4桁+3桁", self.errors("amex", card4="0575"))
        self.assertIn("誤りがあります", self.errors(card4="0711"))
        self.assertIn("頭4桁", self.errors(card1=""))
        self.assertIn("2桁の数字", self.errors(exp_month="13"))
        self.assertIn("有効期限の過ぎた", self.errors(exp_year="20"))
        self.assertIn("3桁の数字", self.errors(security_code="12"))
        self.assertIn("半角数字を含めてください", self.errors(login_id="abcdefgh"))
        self.assertIn("半角英字を含めてください", self.errors(password="12345678", password2="12345678"))
        self.assertIn("8～16文字でご入力ください", self.errors(login_id="a1"))
        self.assertIn("記号(-=@_のみ)", self.errors(login_id="abcdefg1!"))
        self.assertIn("上で入力した", self.errors(password2="Tq9-wz_Lk4"))
        self.assertIn("どちらか一方", self.errors(mail_pc=""))
        self.assertIn("形式に誤り", self.errors(mail_pc="a@b"))
        self.assertIn("同意のボタン", self.errors(agree=""))
        self.assertIn(entry.credentials.PERSONAL, self.errors(login_id="ab19880719"))
        self.assertIn(entry.credentials.PERSONAL, self.errors(password="tel7348abc", password2="tel7348abc"))
        self.assertIn(entry.credentials.PERSONAL, self.errors(login_id="someone55"))
        self.assertIn("すでに使われています", self.errors(login_id="Yamato-14web"))

    def test_cards_that_cannot_register(self):
        self.assertIn("有効期限の過ぎた", self.errors("expired"))
        self.assertIn(entry.NO_MATCH, self.errors("withdrawn"))
        self.assertIn(entry.NO_MATCH, self.errors("sms", security_code="999"))
        self.assertGreater(self.errors("corporate").count(entry.CORPORATE), 1)
        self.assertGreater(self.errors("clubon").count(entry.CLUB_ON), 1)
        self.assertIn("すでに", self.errors("registered"))

    def test_guessing_locks_the_card(self):
        for _ in range(5):
            html = self.errors("sms", security_code="999")
        self.assertIn(entry.CARD_LOCKED, html)
        self.assertIn(entry.CARD_LOCKED, self.errors("sms"))
        self.clock("11:01:00")
        self.assertIn("ご登録の内容をご確認ください。", self.enter("sms", Browser(self.base)).html)

    def test_confirmation_and_correction(self):
        html = self.enter("amex", card2="８２００").html
        for text in ("3782-82**-****-575", "05/31", ">9164<", "midori7grove", ">*****<", "someone@example.jp", "受け取る"):
            self.assertIn(text, html)
        self.assertNotIn("Tq9-wz_Lk3", html)
        page = self.browser.open("/register/correct").html
        self.assertIn('value="midori7grove"', page)
        self.assertNotIn("Tq9-wz_Lk3", page)
        changed = {"password": "", "password2": "", "login_id": "another8name", "newsletter": ""}
        from .support import filled
        html = self.browser.post("/register", **filled("amex", **changed)).html
        self.assertIn("another8name", html)
        self.assertIn("受け取らない", html)

    def test_forged_and_stale_posts(self):
        self.browser.open("/register")
        self.assertEqual(self.browser.open("/register", {"csrf": "x"}).status, 403)
        self.browser.open("/register")
        self.clock("11:00:30")
        self.assertEqual(self.browser.post("/register").status, 403)
        self.assertIn("/register", Browser(self.base).open("/register/confirm").url)

    def test_both_cards_of_one_member(self):
        for who, login in (("two-a", "first9id"), ("two-b", "second9id")):
            b = Browser(self.base)
            self.to_identity(who, b, login_id=login)
            code = self.sms.messages[-1]["Body"][6:12]
            self.assertIn(login, b.post("/register/identity/passcode", passcode=code).html)


class MyPage(ServiceTest):
    def test_registered_member(self):
        b = self.browser
        self.assertTrue(b.open("/home").url.endswith("/login"))
        page = b.post("/login", login_id="yamato-14web", password="Kumo=7531z")
        self.assertIn("9,999", page.html)
        self.assertIn("2026年11月", b.open("/home/statement").html)
        b.open("/home/settings")
        self.assertIn("設定を変更しました。", b.post("/home/settings", paper="1").html)
        self.clock("10:31:00")
        self.assertTrue(b.open("/home").url.endswith("/login"))

    def test_login_lock(self):
        b = self.browser
        b.open("/login")
        for _ in range(5):
            b.post("/login", login_id="yamato-14web", password="no")
        self.assertEqual(b.post("/login", login_id="yamato-14web", password="Kumo=7531z").status, 429)


class Hooks(ServiceTest):
    def test_token(self):
        self.assertEqual(self.browser.open("/_test/clock", b"{}").status, 401)
        self.assertEqual(self.browser.open("/_test/reset", b"{}", {"Authorization": "Bearer x"}).status, 401)

    def test_members_file(self):
        for _, card in MemberDirectory(Config().members_file).all_cards():
            self.assertTrue(cards.luhn_ok(card.number))
            self.assertEqual(cards.brand_of(card.number[:4]), card.brand)
