package mailbox_test

import (
	"strings"
	"testing"

	"example.com/netanswer/mocks/mailbox"
)

// TestMailsThatOthersReported are mails of the kinds that users of other programs
// reported as lost, empty or garbled; each is named by the project and the thread.
func TestMailsThatOthersReported(t *testing.T) {
	const jisWave = "=?ISO-2022-JP?B?GyRCIVpLST9lISY7Xz9lRkM9OCFbQmZJdyRkOWsxKyRKGyhC?=\r\n" +
		" =?ISO-2022-JP?B?GyRCJEkkSyRoJGs/Oz9lSG8zMiQrJGk3ekoqJHI8aSRrO18/ZUhEGyhC?=\r\n" +
		" =?ISO-2022-JP?B?GyRCJGQhIk1NITkkSktJP2U0WE8iQD1JSiRKJEkkciVUJUMlLyUiGyhC?=\r\n" +
		" =?ISO-2022-JP?B?GyRCJUMlVxsoQg==?="
	for name, tt := range map[string]struct{ raw, subject, text, code string }{
		"mailhog/MailHog 282: us-ascii in Q, two words with two blanks between": {
			raw:     "Subject: =?us-ascii?Q?[Project:_Test_project_1,_Bug#:_0020355]:_webp_?=  =?us-ascii?Q?test?=\r\n\r\nx",
			subject: "[Project: Test project 1, Bug#: 0020355]: webp test", text: "x"},
		"freescout-help-desk/freescout 3312: a subject of four words in ISO-2022-JP": {
			raw:     "Subject: " + jisWave + "\r\n\r\nx",
			subject: "【防水・止水特集】台風や豪雨などによる浸水被害から建物を守る止水板や、様々な防水関連製品などをピックアップ", text: "x"},
		"freescout-help-desk/freescout 3312: the same as iso-2022-jp-ms": {
			raw:     "Subject: " + strings.ReplaceAll(jisWave, "ISO-2022-JP", "iso-2022-jp-ms") + "\r\n\r\nx",
			subject: "【防水・止水特集】台風や豪雨などによる浸水被害から建物を守る止水板や、様々な防水関連製品などをピックアップ", text: "x"},
		"freescout-help-desk/freescout 3212: folded by a tab, with a letter of NEC": {
			raw: "Subject: =?iso-2022-jp?B?Rlc6IBskQjpGJWwlJCUiJSYlSDBNTWohIUJoGyhCMjQbJEI2cBsoQg==?=\r\n" +
				"\t=?iso-2022-jp?B?GyRCLWIbKEI0GyRCISE/N0VETU1FIRsoQg==?=\r\n\r\nx",
			subject: "FW: 再レイアウト依頼　第24駒№4　新田様邸", text: "x"},
		"ryanb/letter_opener 184: a word that ends before its escape does": {
			raw:     "Subject: =?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxso?=\r\n\r\nx",
			subject: "こんにちは", text: "x"},
		"SpamScope/mail-parser 79: HTML in ISO-2022-JP": {
			raw: "Content-Type: text/html; charset=\"iso-2022-jp\"\r\n\r\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-2022-jp\">" +
				"<style></style></head><body><div class=\"PlainText\">\x1b$B%a%C%;!<%8\x1b(B <br>&nbsp;&nbsp; \x1b$B%Q%9%3!<%I\x1b(B: 482913<br></div></body></html>",
			code: "482913"},
		"jakartaee/mail-api 114: a square of NEC in ISO-2022-JP": {
			raw:  "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n10\x1b$B-@I}\x1b(B",
			text: "10㍉幅"},
		"mikel/mail 1423: UTF-8 that says it is ISO-2022-JP": {
			raw:  "Content-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\nほげ 認証コード 482913",
			text: "ほげ 認証コード 482913", code: "482913"},
		"mikel/mail 1423: the same of Shift_JIS": {
			raw:  "Content-Type: text/plain; charset=Shift_JIS\r\n\r\n認証コードは 482913 です",
			text: "認証コードは 482913 です", code: "482913"},
		"zbateson/mail-mime-parser 55: a boundary that is folded within its quotes": {
			raw: "Content-Type: multipart/alternative;\r\n boundary=\"=_alternative 0046\r\n 7F\"\r\n\r\n" +
				"--=_alternative 0046 7F\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n認証コード 482913\r\n--=_alternative 0046 7F--\r\n",
			text: "認証コード 482913", code: "482913"},
		"jstedfast/MimeKit 94: two headers in one line": {
			raw:  "Content-Type: text/plain; charset = \"utf-8\" Content-Transfer-Encoding: 8bit\r\n\r\n認証コード 482913",
			text: "認証コード 482913", code: "482913"},
		"znuny/Znuny 476: a boundary with = out of quotes": {
			raw: "Content-Type: multipart/alternative; boundary=----=_NextPart_de9a7f96_ed5e; charset=utf-8\r\n\r\n" +
				"------=_NextPart_de9a7f96_ed5e\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n認証コード 482913\r\n------=_NextPart_de9a7f96_ed5e--\r\n",
			text: "認証コード 482913", code: "482913"},
		"jhillyerd/enmime 52: a boundary that begins with hyphens": {
			raw: "Content-Type: multipart/alternative; boundary=\"--82be5ca2-6dee\"\r\n\r\n" +
				"----82be5ca2-6dee\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				"6KqN6Ki844Kz44O844OJIDQ4MjkxMw==\r\n----82be5ca2-6dee--\r\n",
			text: "認証コード 482913", code: "482913"},
		"namecheap/fast_mail_parser 150: no blank line before the first part": {
			raw: "Subject: s\r\nContent-Type: multipart/mixed; boundary=\"_MCPart_1735325173\"\r\n" +
				"--_MCPart_1735325173\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n認証コード 482913\r\n--_MCPart_1735325173--\r\n",
			subject: "s", text: "認証コード 482913", code: "482913"},
		"php-mime-mail-parser 130: parts by another boundary than the one that was told": {
			raw: "Content-Type: multipart/alternative; boundary=\"_Apple-Mail=_F6DF_\"\r\n\r\n" +
				"--Apple-Mail=_F6DF\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n認証コード 482913\r\n--Apple-Mail=_F6DF--\r\n",
			text: "認証コード 482913", code: "482913"},
		"staktrace/mailparse 85: a sender's name with @ out of quotes": {
			raw:     "From: No reply @ Linphone.org <no.reply@linphone.org>\r\nReply-to: No reply @ Linphone.org <no.reply@linphone.org>\r\nSubject: Start your service\r\n\r\ncode 482913",
			subject: "Start your service", text: "code 482913", code: "482913"},
		"axllent/mailpit 18: letters of eight bits and no MIME": {
			raw:     "To:receiver1@domain1, receiver2@domain2 \r\nSubject:Subject of email 熟語ルビの例 일욜에 만나~ 读写汉字 اثنا عشر\r\n\r\nBody 熟語ルビの例 일욜에 482913",
			subject: "Subject of email 熟語ルビの例 일욜에 만나~ 读写汉字 اثنا عشر", text: "Body 熟語ルビの例 일욜에 482913"},
	} {
		m := accept(t, &mailbox.Box{}, tt.raw)
		code := ""
		if m.Passcode != nil {
			code = m.Passcode.Code
		}
		text := strings.TrimSpace(m.Text)
		as := text == tt.text || len(m.Flaws) > 0 && strings.Contains(text, tt.text) // what is flawed is shown as it came
		if m.Subject != tt.subject || !as || code != tt.code {
			t.Errorf("%s:\nsubject %q\ntext    %q\ncode    %q\nflaws   %q", name, m.Subject, text, code, m.Flaws)
		}
	}
}
