package console_test

import (
	"strings"
	"testing"
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
