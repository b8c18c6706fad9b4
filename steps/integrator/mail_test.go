package integrator_test

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"net/http/httptest"
	"net/mail"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/integrator"
)

// never is the machine's time where no deadline passes: what is not answered fails by
// the deadline of the tests.
func never() time.Time { return time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC) }

// controlsOf is a control API of which every provider is where nobody is.
func controlsOf(t *testing.T) *client.Client {
	server := httptest.NewServer(&providers{answers: map[string]answer{
		"GET /api/providers": {body: `{"rest":"http://127.0.0.1:1","smpp":"127.0.0.1:1","smtp":"127.0.0.1:1","imap":"127.0.0.1:1"}`},
	}})
	t.Cleanup(server.Close)
	return client.New(server.URL)
}

func TestHowAMailIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		smtp    map[string]string
		refused string
		err     string
	}{
		"taken":                       {nil, "", ""},
		"by its recipient":            {map[string]string{"RCPT": "550 no such user"}, "550", ""},
		"by its sender":               {map[string]string{"MAIL": "451 try again"}, "451", ""},
		"by its text":                 {map[string]string{".": "552 too big"}, "552", ""},
		"by who it is from":           {map[string]string{"AUTH": "535 no"}, "535", ""},
		"not answered":                {map[string]string{".": ""}, "応答なし", ""},
		"not answered from the start": {map[string]string{"EHLO": "", "HELO": ""}, "応答なし", ""},
		"not understood":              {map[string]string{"RCPT": "what?"}, "", "send a mail"},
	} {
		ctx := before(t, &providers{smtp: test.smtp})
		err := integrator.Mails(ctx, hanako, "", "本文")
		expect(t, name, err, test.err)
		if err == nil {
			expect(t, name, integrator.IsRefused(ctx, test.refused), "")
		}
	}
}

func TestAMailArrivesAsItWasWritten(t *testing.T) {
	subject, body := strings.Repeat("お知らせ", 20), strings.Repeat("長い本文です。\r\n.\r\n", 20)
	p := &providers{}
	expect(t, "sent", integrator.Mails(before(t, p), hanako, subject, body), "")
	if len(p.mails) != 1 {
		t.Fatalf("%d mails arrived", len(p.mails))
	}
	m, err := mail.ReadMessage(strings.NewReader(p.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || got != subject {
		t.Errorf("the subject is %q, %v", got, err)
	}
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || string(text) != body {
		t.Errorf("the text is %q, %v", text, err)
	}
	for line := range strings.Lines(p.mails[0]) {
		if len(line) > 998 {
			t.Errorf("a line is %d bytes long", len(line))
		}
	}
}

func TestMailsThatCannotBeWritten(t *testing.T) {
	ctx := before(t, &providers{})
	expect(t, "no such label", integrator.MailsIn(ctx, hanako, "x-none", "件名", "本文"), "x-none is no label here")
	expect(t, "no such letter in it", integrator.MailsIn(ctx, hanako, "cp932", "件名", "😀"), "rune not supported")
	expect(t, "no such fault", integrator.MailsBroken(ctx, hanako, "字が汚い", "本文"), "there is no 「字が汚い」")
}

func TestWhereAMailIsAndWhatItLinksTo(t *testing.T) {
	const other, mine = `{"id":"1","subject":"別の"}`, `{"id":"2","subject":"件名"}`
	in := func(w, d string) map[string]answer {
		return map[string]answer{"GET w/mail": {body: `{"mails":[` + w + `]}`}, "GET default/mail": {body: `{"mails":[` + d + `]}`},
			"GET w/mail/2/links": {body: `{"links":[{"url":"https://a.example/"},{"url":"https://b.example/"}]}`}}
	}
	lands := func(ctx context.Context) error { return integrator.MailLandsIn(ctx, "自社システム") }
	links := func(want ...string) func(context.Context) error {
		return func(ctx context.Context) error { return integrator.LinksAre(ctx, want) }
	}
	for name, test := range map[string]struct {
		answers map[string]answer
		do      func(context.Context) error
		want    string
	}{
		"in its world":         {in(other+","+mine, other), lands, ""},
		"nowhere":              {in(other, other), lands, "のワールドに届いていません"},
		"in both":              {in(mine, mine), lands, "のほかにも届いています"},
		"nobody knows":         {nil, lands, "control API: 500"},
		"its links":            {in(other+","+mine, ""), links("https://a.example/", "https://b.example/"), ""},
		"its links, in part":   {in(other+","+mine, ""), links("https://a.example/"), "メールのリンク"},
		"the links of no mail": {in("", ""), links(), "0通のメールが届いています"},
	} {
		ctx := before(t, &providers{answers: test.answers})
		expect(t, name, all(func() error { return integrator.Mails(ctx, hanako, "件名", "本文") }, func() error { return test.do(ctx) }), test.want)
	}
}

func TestWhatWasSaidInACall(t *testing.T) {
	const call = `{"calls":[{"guidance":"別の"},{"started_at":"2026-11-24T10:00:00+09:00","ended_at":"2026-11-24T10:00:09+09:00","heard_all":true,
		"passcode":{"code":"123456"},"transcript":[{"what":"say","says":"こんにちは"},{"what":"dial","says":"さようなら"}]}]}`
	const on = `{"calls":[{"heard_all":true}]}`
	said := func(s string) func(context.Context) error {
		return func(ctx context.Context) error { return integrator.WasSaid(ctx, s) }
	}
	recorded := func(s string) func(context.Context) error {
		return func(ctx context.Context) error { return integrator.IsRecordedAs(ctx, s) }
	}
	for name, test := range map[string]struct {
		calls string
		do    func(context.Context) error
		want  string
	}{
		"what was said":           {call, said("こんにちは"), ""},
		"what was not":            {call, said("さようなら"), "「さようなら」のはずが「こんにちは」と聞こえました"},
		"in no call":              {`{"calls":[]}`, said("こんにちは"), "電話の記録がありません"},
		"in what nobody knows":    {`<h1>`, said("こんにちは"), "invalid character"},
		"heard out":               {call, recorded("最後まで聞いた"), ""},
		"not cut":                 {call, recorded("途中で切った"), "のはずが「最後まで聞いた」です"},
		"still going on":          {on, recorded("最後まで聞いた"), "まだつながっている"},
		"recorded as no word has": {call, recorded("居眠り"), "there is no 「居眠り」"},
		"its passcode":            {call, func(ctx context.Context) error { return integrator.CallPasscodeIs(ctx, "123456") }, ""},
		"a passcode of none":      {on, func(ctx context.Context) error { return integrator.CallPasscodeIs(ctx, "123456") }, "「なし」です"},
	} {
		ctx := before(t, &providers{answers: map[string]answer{"GET w/calls": {body: test.calls}}})
		expect(t, name, test.do(ctx), test.want)
	}
}
