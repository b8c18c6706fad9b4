package abuse_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/smtp"
	"strings"
	"testing"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// heavy are inputs that cost more than they look like: deep ones, and patterns.
var heavy = map[string]func(*server.Sandbox) error{
	"member API, deep JSON": func(s *server.Sandbox) error {
		return refused(s.MemberURL+"/api/app/registrations", "application/json", strings.Repeat("[", 60_000))
	},
	"control API, deep JSON": func(s *server.Sandbox) error {
		return refused(s.ConsoleURL+"/api/worlds/w/members", "application/json", strings.Repeat(`{"a":`, 12_000))
	},
	"issuer API, deep JSON": func(s *server.Sandbox) error {
		return refused(s.RESTURL+issuer.VerificationPath, "application/json", strings.Repeat("[", 60_000))
	},
	"pattern of a wait": func(s *server.Sandbox) error {
		return refused(s.ConsoleURL+"/api/worlds/w/sms/wait?within=0s&pattern="+strings.Repeat("(x{1,9}){1,9}", 30), "", "")
	},
	"IMAP, wildcards": func(s *server.Sandbox) error {
		return sandboxtest.Answers(s.IMAP, "a LOGIN other x\r\nb LIST \"\" \""+strings.Repeat("%", 120)+"x\"\r\nc NOOP\r\n", "c OK")
	},
	"IMAP, deep search": func(s *server.Sandbox) error {
		return sandboxtest.Answers(s.IMAP, "a LOGIN other x\r\nb SELECT INBOX\r\nc SEARCH "+strings.Repeat("(", 5000)+"\r\nd NOOP\r\n", "\r\n")
	},
	"IMAP, not not not": func(s *server.Sandbox) error {
		return sandboxtest.Answers(s.IMAP, "a LOGIN other x\r\nb SELECT INBOX\r\nc SEARCH "+strings.Repeat("NOT ", 5000)+"ALL\r\nd NOOP\r\n", "\r\n")
	},
	"SMTP, a mail of parts in parts": func(s *server.Sandbox) error {
		var mail strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&mail, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		}
		return sent(s, mail.String())
	},
	"SMTP, a mail of many parts": func(s *server.Sandbox) error {
		return sent(s, "Content-Type: multipart/mixed; boundary=b\r\n\r\n"+strings.Repeat("--b\r\n\r\n", 10_000))
	},
	"SMTP, HTML in HTML": func(s *server.Sandbox) error {
		return sent(s, "Content-Type: text/html\r\n\r\n"+strings.Repeat("<div>\r\n", 12_000))
	},
	"SMTP, encoded words": func(s *server.Sandbox) error {
		return sent(s, "Subject:"+strings.Repeat(" =?utf-8?q?a?=\r\n", 5000)+"\r\nx")
	},
}

// refused sends a body that is to be refused, in time and with a status of 4xx.
func refused(url, media, body string) error {
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	q, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", media)
	answer, err := (&http.Client{Timeout: sandboxtest.AnswerTimeout}).Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode/100 != 4 {
		err = fmt.Errorf("%s: %.200s", answer.Status, said)
	}
	return err
}

// sent sends a mail, which may be refused, and looks at it in its mailbox.
func sent(s *server.Sandbox, mail string) error {
	err := smtp.SendMail(s.SMTP, nil, "a@example.com", []string{"heavy@example.jp"}, bytes.ReplaceAll([]byte(mail), []byte("\n."), []byte("\n..")))
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return err
	}
	return sandboxtest.Answers(s.IMAP, "a LOGIN default x\r\nb SELECT INBOX\r\nc FETCH 1:* (ENVELOPE BODYSTRUCTURE)\r\nd NOOP\r\n", "d OK")
}

// TestHeavyInputCostsLittle sends what costs more than it looks like; each is
// answered in time, and so is everybody else.
func TestHeavyInputCostsLittle(t *testing.T) {
	s := tried(t)
	for name, send := range heavy {
		if err := send(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		undisturbed(t, s)
	}
}
