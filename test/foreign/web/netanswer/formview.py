"""Markup of the registration form (guide, pages 26-31)."""
from __future__ import annotations

from . import cards, entry, terms
from .entry import Entry
from .html import ARROW, Ui, described, e, error_summary, field_error

PASSWORD_RULE = "半角の英文文字・数字を組み合わせた8～16桁で設定してください。"
AGREE = "規約に同意して確認画面に進む"

TARGETS = {
    "card": ("card1", "クレジットカード番号"),
    "expiry": ("exp-month", "有効期限"),
    "security_code": ("security-code", "セキュリティコード"),
    "login_id": ("login-id", "NetアンサーID"),
    "password": ("password", "Netアンサーパスワード"),
    "password2": ("password2", "確認用パスワード"),
    "mail_pc": ("mail-pc", "メールアドレス"),
    "mail_mobile": ("mail-mobile", "メールアドレス（携帯電話・スマートフォン）"),
    "agree": ("terms-panel", "規約への同意"),
}

Errors = dict[str, list[str]]


def _link_if_needed(ui: Ui, errors: Errors) -> str:
    texts = errors.get("card", [])
    if entry.ALREADY in texts:
        return f'<p><a href="{ui.url("/login")}">ログイン画面へ</a></p>'
    if entry.CLUB_ON in texts:
        return f'<p><a href="{ui.url("/clubon")}">こちらへお進みください</a></p>'
    return ""


def card_section(ui: Ui, item: Entry, errors: Errors) -> str:
    v = item.values
    options = "".join(f'<option value="{head}"{" selected" if v["card1"] == head else ""}>{head}</option>'
                      for head in cards.BRANDS)
    aria = described("card", errors, "card-hint")
    boxes = "".join(
        f'<span class="dash" aria-hidden="true">-</span><label class="unseen" for="card{n}">カード番号 左から{n}番目の欄</label>'
        f'<input id="card{n}" name="card{n}" value="{e(v[f"card{n}"])}" inputmode="numeric" maxlength="4" size="4"'
        f' autocomplete="off"{aria}>' for n in (2, 3, 4))
    return f"""<fieldset class="field"><legend>クレジットカード番号</legend>
<div class="boxes"><label class="unseen" for="card1">頭4桁のクレジットカード番号</label>
<select id="card1" name="card1"{aria}><option value="">選択</option>{options}</select>{boxes}</div>
<p class="hint" id="card-hint">16桁未満の場合は左詰めでご入力ください。</p>
<p class="hint">※AMEXカードの場合、左から4桁+4桁+3桁で入力</p>
{field_error("card", errors)}{_link_if_needed(ui, errors)}</fieldset>"""


def expiry_section(item: Entry, errors: Errors) -> str:
    v = item.values
    aria = described("expiry", errors, "expiry-hint")
    return f"""<fieldset class="field"><legend>有効期限</legend>
<div class="boxes"><label for="exp-month">月</label>
<input id="exp-month" name="exp_month" value="{e(v["exp_month"])}" inputmode="numeric" maxlength="2" size="2" autocomplete="cc-exp-month"{aria}>
<span class="dash" aria-hidden="true">/</span><label for="exp-year">年</label>
<input id="exp-year" name="exp_year" value="{e(v["exp_year"])}" inputmode="numeric" maxlength="2" size="2" autocomplete="cc-exp-year"{aria}></div>
<p class="hint" id="expiry-hint">例：カードの表示「01/28」⇒「(月) 01/(年) 28」と入力</p>
{field_error("expiry", errors)}</fieldset>"""


def security_code_section(ui: Ui, item: Entry, errors: Errors) -> str:
    keyboard = ui.pc("""<div class="softkeys needs-js">
<label><input type="checkbox" id="softkeys-on" aria-controls="softkeys"> ソフトウェアキーボードで入力する</label>
<button type="button" class="question" aria-expanded="false" aria-controls="softkeys-help" aria-label="? ソフトウェアキーボードについて"><span aria-hidden="true">?</span></button>
<p id="softkeys-help" class="bubble" hidden>画面に表示される数字のボタンをクリックして入力します。キー入力を盗み見る不正プログラムへの対策になります。</p>
<div id="softkeys" role="group" aria-label="ソフトウェアキーボード" data-for="security-code" hidden></div></div>""")
    return f"""<div class="field"><label class="name" for="security-code">セキュリティコード</label>
{keyboard}<input id="security-code" name="security_code" value="{e(item.values["security_code"])}" inputmode="numeric" maxlength="4" size="6" autocomplete="off"{described("security_code", errors, "code-hint")}>
<p class="hint" id="code-hint">※カード裏面に印字されている番号の下3桁をご入力ください。</p>
{field_error("security_code", errors)}
<details><summary>セキュリティコードの記載場所</summary><dl class="list">
<dt>VISA・Mastercard・JCB</dt><dd>カード裏面記載の右端の3桁「●●●」</dd>
<dt>AMEX</dt><dd>カード表面記載の4桁「●●●●」<br>〈注意〉カードの券種によっては、AMEXブランドの場合でも、裏面にセキュリティコードがございます</dd></dl></details></div>"""


def _meter(name: str, label: str) -> str:
    return (f'<p class="safety needs-js"><meter id="{name}-meter" min="0" max="4" low="2" high="3" optimum="4" value="0"'
            f' aria-label="{label}の安全性メーター"></meter> <output for="{name}" id="{name}-safety"></output></p>')


def credentials_section(item: Entry, errors: Errors, keep_password: bool) -> str:
    kept = ('<p class="hint" id="kept">パスワードを変更しない場合は、2つの欄とも空欄のままお進みください。</p>'
            if keep_password else "")
    hints = ("password-hint", "kept") if keep_password else ("password-hint",)
    return f"""<fieldset class="group"><legend>NetアンサーIDの設定</legend>
<div class="field"><label class="name" for="login-id">NetアンサーID</label>
<input id="login-id" name="login_id" value="{e(item.values["login_id"])}" autocomplete="username" autocapitalize="none" spellcheck="false" data-safety="login-id-safety"{described("login_id", errors, "id-hint")}>
{_meter("login-id", "ID")}
<p class="hint" id="id-hint">{PASSWORD_RULE}</p>{field_error("login_id", errors)}</div></fieldset>
<fieldset class="group"><legend>Netアンサーパスワードの設定</legend>{kept}
<div class="field"><label class="name" for="password">Netアンサーパスワード</label>
<input type="password" id="password" name="password" autocomplete="new-password" data-safety="password-safety"{described("password", errors, *hints)}>
{_meter("password", "パスワード")}
<p class="hint" id="password-hint">{PASSWORD_RULE}</p>{field_error("password", errors)}</div>
<div class="field"><label class="name" for="password2">Netアンサーパスワード（確認用）</label>
<input type="password" id="password2" name="password2" autocomplete="new-password"{described("password2", errors, "password2-hint")}>
<p class="hint" id="password2-hint">確認用に再度ご入力ください。</p>{field_error("password2", errors)}</div>
<p class="note">使える記号は - = @ _ です。</p>
<p class="note">※セキュリティ上、生年月日・電話番号・メールアドレスに含まれる数字・アルファベットはID/パスワードに設定しないようにお願いいたします</p>
<p class="note">※入力欄にある「安全性メーター」が【非常に高い】になるID・パスワードを推奨しております</p>
<p class="note">※NetアンサーID・パスワードを忘れないよう、ご自身で管理をお願いいたします</p></fieldset>"""


def mail_section(ui: Ui, item: Entry, errors: Errors) -> str:
    v = item.values
    rows = "".join(
        f'<div class="field"><label class="name" for="mail-{kind}">{label}</label>'
        f'<input type="email" id="mail-{kind}" name="mail_{kind}" value="{e(v["mail_" + kind])}" maxlength="254"'
        f' autocomplete="email" autocapitalize="none"{described("mail_" + kind, errors, "mail-hint")}>'
        f'{field_error("mail_" + kind, errors)}</div>'
        for kind, label in (("pc", "パソコン"), ("mobile", "携帯電話・スマートフォン")))
    checked = " checked" if item.newsletter else ""
    return f"""<fieldset class="group"><legend>メールアドレス</legend>{rows}
<p class="hint" id="mail-hint">どちらか一方は必ずご入力ください。</p>
<p class="note">ドメイン指定を行っている方は「mail.saisoncard.co.jp」および「saisonid.com」を受信できる様に設定してください。</p></fieldset>
<fieldset class="group"><legend>メールマガジン</legend>
<label><input type="checkbox" name="newsletter" value="1"{checked}> キャンペーンやプレゼントなどおトクなメールを受け取る</label>
<p><a href="{ui.url("/newsletter")}" target="_blank" rel="noopener">詳しくはこちら</a></p></fieldset>"""


def terms_section(ui: Ui, item: Entry) -> str:
    text = "".join(f"<h3>{title}</h3>" + "".join(f"<p>{clause}</p>" for clause in clauses)
                   for title, clauses in terms.ARTICLES)
    opener = ui.sp('<button type="button" class="button needs-js" id="terms-open" aria-haspopup="dialog"'
                   ' aria-controls="terms-panel">Netアンサー規約</button>')
    return f"""<p class="note">※紙のご利用明細書の郵送をご希望の場合は、ご登録後Netアンサーにて受取方法を変更いただけます。</p>
<section class="panel"><h2>本人認証サービス（3Dセキュア）ご登録について</h2>
<p>Netアンサーをご利用いただくにあたり、インターネットでのお買い物をより安心安全にご利用いただくため、「本人認証サービス（3Dセキュア）」へ自動登録されます。</p></section>
{opener}
<section class="terms" id="terms-panel" aria-labelledby="terms-title">
<div class="terms-head"><h2 id="terms-title">{terms.TITLE}</h2>
<button type="button" class="plain" id="terms-close"><span aria-hidden="true">×</span> 閉じる</button></div>
{ui.pc('<p class="hint">スクロールして規約全文をご覧ください</p>')}
<div class="terms-text" id="terms-text" role="region" aria-labelledby="terms-title" tabindex="0">{text}</div></section>
<input type="hidden" name="terms_read" id="terms-read" value="{"1" if item.terms_read else ""}">
<p class="go"><button class="button primary" id="agree" name="agree" value="1" aria-describedby="agree-hint">{AGREE} {ARROW}</button></p>
<p class="hint center" id="agree-hint" role="status"></p>"""


def form_page(ui: Ui, item: Entry, errors: Errors, keep_password: bool) -> str:
    inner = f"""<section class="group" aria-labelledby="card-title"><h2 id="card-title">クレジットカード情報</h2>
{card_section(ui, item, errors)}{expiry_section(item, errors)}{security_code_section(ui, item, errors)}</section>
{credentials_section(item, errors, keep_password)}
{mail_section(ui, item, errors)}
{terms_section(ui, item)}"""
    body = f"""<ul class="notes"><li>コーポレートカード会員様はNetアンサーをご利用いただけません。</li>
<li>クラブ・オン/ミレニウムカードをご利用のお客様はこちらでご登録いただけません。 <a href="{ui.url("/clubon")}">こちらへお進みください</a></li></ul>
{error_summary(errors, TARGETS)}
{ui.form("/register", inner, "registration")}"""
    title = "Netアンサー新規登録"
    return ui.page(("入力エラー：" if errors else "") + title, body, step=0, heading=title,
                   scripts=("safety.js", "softkeys.js", "terms.js"))
