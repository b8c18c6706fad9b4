package console_test

import (
	"strings"
	"testing"
)

const htmlMail = "From: shop@example.jp\r\nTo: hanako@example.jp\r\nSubject: =?UTF-8?B?44GK55+l44KJ44Gb?=\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
	"<script>alert(1)</script><img src=\"http://elsewhere.example/x.png\"><img src=\"cid:logo@x\">お知らせです\r\n" +
	"--b\r\nContent-Type: image/png; name=\"ロゴ.png\"\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"

func TestAMailWithHTMLIsShownInAFrameOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	m, err := s.service.Providers().TakeMail(t.Context(), "w", "hanako@example.jp", []byte(htmlMail))
	if err != nil {
		t.Fatal(err)
	}
	page, text := s.page("/worlds/w")
	wants(t, page, `src="/api/worlds/w/mail/`+m.ID+`/html" sandbox `)
	wants(t, text, "ロゴ.png", "8 バイト")
	if strings.Contains(page, "alert(1)") {
		t.Error("the mail's script is in the console's page")
	}
}
