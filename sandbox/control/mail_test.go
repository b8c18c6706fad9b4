package control_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMailIsListedReadRawAndForgotten(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", misaki)
	var list, mine messages
	s.call("GET", "/api/worlds/w/mail", "", 200, &list)
	s.call("GET", "/api/worlds/w/mail?to=MISAKI@example.jp", "", 200, &mine)
	if len(list.Mails) != 2 || len(mine.Mails) != 2 || list.Mails[0].Passcode == nil || list.Mails[1].Passcode != nil {
		t.Fatalf("%+v", list)
	}
	if !strings.Contains(list.Mails[1].Text, "misaki2026") || list.Mails[1].Subject == "" || list.Mails[1].From == "" {
		t.Errorf("%+v", list.Mails[1])
	}
	raw := s.call("GET", "/api/worlds/w/mail/"+list.Mails[1].ID+"/raw", "", 200, nil)
	if raw.header.Get("Content-Type") != "text/plain; charset=utf-8" || !strings.Contains(raw.text, "To: <misaki@example.jp>\r\n") {
		t.Errorf("%v %s", raw.header, raw.text)
	}
	s.refused("GET", "/api/worlds/w/mail/mail-99/raw", "", 404, "mail_unknown")
	s.refused("GET", "/api/worlds/other/mail/"+list.Mails[1].ID+"/raw", "", 404, "mail_unknown")
	s.call("DELETE", "/api/worlds/w/mail?to=nobody@example.jp", "", 204, nil)
	if s.call("GET", "/api/worlds/w/mail", "", 200, &list); len(list.Mails) != 2 {
		t.Errorf("another's mail was forgotten: %+v", list)
	}
	s.call("DELETE", "/api/worlds/w/mail", "", 204, nil)
	if s.call("GET", "/api/worlds/w/mail", "", 200, &list); len(list.Mails) != 0 {
		t.Errorf("left are %+v", list)
	}
}

const htmlMail = "From: shop@example.jp\r\nTo: hanako@example.jp\r\nSubject: =?UTF-8?B?44GK55+l44KJ44Gb?=\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
	"<script>alert(1)</script><img src=\"http://elsewhere.example/x.png\"><img src=\"cid:logo@x\">お知らせです\r\n" +
	"--b\r\nContent-Type: image/png; name=\"ロゴ.png\"\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"

func TestAMailIsReadWhole(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	m, err := s.service.Providers().TakeMail(t.Context(), "w", "hanako@example.jp", []byte(htmlMail))
	if err != nil {
		t.Fatal(err)
	}
	at := "/api/worlds/w/mail/" + m.ID
	var whole struct {
		Subject, HTML string
		Headers       []struct{ Name, Value string }
		Attachments   []struct {
			Name, Type string
			Size       int
		}
	}
	s.call("GET", at, "", 200, &whole)
	if whole.Subject != "お知らせ" || !strings.Contains(whole.HTML, "お知らせです") || len(whole.Headers) != 5 || len(whole.Attachments) != 1 ||
		whole.Attachments[0].Name != "ロゴ.png" || whole.Attachments[0].Size != 8 {
		t.Errorf("%+v", whole)
	}
	got := s.call("GET", at+"/attachments/0", "", 200, nil)
	if got.text != "\x89PNG\r\n\x1a\n" || got.header.Get("Content-Type") != "application/octet-stream" ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("%q %v", got.text, got.header)
	}
	s.refused("GET", at+"/attachments/1", "", 404, "attachment_unknown")
	s.refused("GET", "/api/worlds/w/mail/mail-9", "", 404, "mail_unknown")

	html := s.call("GET", at+"/html", "", 200, nil)
	for _, want := range []string{"sandbox;", "default-src 'none'", "img-src data:", "frame-ancestors 'self'"} {
		if csp := html.header.Get("Content-Security-Policy"); !strings.Contains(csp, want) {
			t.Errorf("the policy %q lacks %q", csp, want)
		}
	}
	if html.header.Get("X-Frame-Options") != "SAMEORIGIN" || !strings.Contains(html.text, "data:image/png;base64,iVBORw0KGgo=") {
		t.Errorf("%v %s", html.header, html.text)
	}
}

// A mail of a few hundred kilobytes that names its picture on every line would make
// a page of gigabytes.
func TestAPictureIsPutIntoAMailAsOftenAsThereIsRoom(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	picture := strings.Repeat("QUJD", 50_000)
	m, err := s.service.Providers().TakeMail(t.Context(), "w", "hanako@example.jp", []byte(
		"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"+
			strings.Repeat("<img src=cid:a>\r\n", 500)+
			"--b\r\nContent-Type: image/png\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\n"+picture+"\r\n--b--\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	html := s.call("GET", "/api/worlds/w/mail/"+m.ID+"/html", "", 200, nil).text
	if shown := strings.Count(html, picture); shown < 20 || len(html) > 17<<20 {
		t.Errorf("%d times, %d bytes", shown, len(html))
	}
}

func TestMailIsSearched(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", misaki)
	for q, want := range map[string]int{"パスコード": 1, "misaki2026": 1, "MISAKI": 2, "ありません": 0, "": 2} {
		var list messages
		if s.call("GET", "/api/worlds/w/mail?q="+q, "", 200, &list); len(list.Mails) != want {
			t.Errorf("%q: %d found, want %d", q, len(list.Mails), want)
		}
	}
}

func TestAMailIsWaitedForWithItsLinksCodesAndAttachments(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	raw := "From: a@example.jp\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
		"<a href=\"https://example.jp/v?a=1&amp;b=2\">確認</a> 認証番号 4829 確認コード 123456 合言葉は yama-1\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\r\nx\r\n--b--\r\n"
	m, err := s.service.Providers().TakeMail(t.Context(), "w", "hanako+test@example.jp", []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	type link struct{ URL, Text string }
	var got struct {
		Links       []link
		Attachments []struct{ Name string }
		Passcode    struct {
			Code       string
			Candidates []struct{ Code, Reason string }
		}
	}
	s.call("GET", "/api/worlds/w/mail/wait?to=hanako+test@example.jp", "", 200, &got)
	if len(got.Links) != 1 || got.Links[0] != (link{"https://example.jp/v?a=1&b=2", "確認"}) || len(got.Attachments) != 1 ||
		got.Passcode.Code != "123456" ||
		len(got.Passcode.Candidates) != 2 {
		t.Errorf("%+v", got)
	}
	s.call("GET", "/api/worlds/w/mail/wait?pattern="+url.QueryEscape(`合言葉は (\S+)`), "", 200, &got)
	if got.Passcode.Code != "yama-1" {
		t.Errorf("by a pattern: %+v", got.Passcode)
	}
	s.refused("GET", "/api/worlds/w/mail/wait?pattern=("+"", "", 422, "request_invalid")
	var links struct{ Links []link }
	s.call("GET", "/api/worlds/w/mail/"+m.ID+"/links", "", 200, &links)
	if len(links.Links) != 1 {
		t.Errorf("%+v", links)
	}
	s.refused("GET", "/api/worlds/w/mail/mail-9/links", "", 404, "mail_unknown")
}

func TestAWorldsSMSGatewayHasASetting(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var got struct {
		IA5IsGSM bool `json:"ia5_is_gsm"`
	}
	s.call("PUT", "/api/worlds/w/sms/settings", `{"ia5_is_gsm":true}`, 200, nil)
	if s.call("GET", "/api/worlds/w/sms/settings", "", 200, &got); !got.IA5IsGSM {
		t.Error("it was not kept")
	}
	if s.call("GET", "/api/worlds/other/sms/settings", "", 200, &got); got.IA5IsGSM {
		t.Error("it is another world's as well")
	}
}

func TestMailsAreListedInPages(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	large := "Subject: large\r\n\r\n" + strings.Repeat("a line of a large mail\r\n", 13_000) // 300 kB
	for range 40 {
		if _, err := s.service.Providers().TakeMail(t.Context(), "w", "a@example.jp", []byte(large)); err != nil {
			t.Fatal(err)
		}
	}
	type pageOfMails struct {
		Mails []message
		Next  string
	}
	read := func(query string) (counts []int, ids []string) {
		for next := ""; len(counts) < 10; {
			var p pageOfMails
			s.call("GET", "/api/worlds/w/mail?"+query+next, "", 200, &p)
			counts = append(counts, len(p.Mails))
			for _, m := range p.Mails {
				ids = append(ids, m.ID)
			}
			if p.Next == "" {
				break
			}
			next = "&after=" + p.Next
		}
		return counts, ids
	}
	var want []string
	for i := range 40 {
		want = append(want, "mail-"+strconv.Itoa(i+1))
	}
	for query, pages := range map[string][]int{"limit=1000": {33, 7}, "limit=25": {25, 15}} {
		counts, ids := read(query)
		if diff := cmp.Diff(pages, counts) + cmp.Diff(want, ids); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	s.call("GET", "/api/worlds/w/mail?after=mail-99", "", 404, nil)
	s.call("GET", "/api/worlds/w/mail?limit=0", "", 422, nil)
}
