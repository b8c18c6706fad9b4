package store_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

var when = time.Unix(1_800_000_000, 123).UTC()

// fill puts something into every table and list of a world.
func fill(t *testing.T, s *world.State) {
	t.Helper()
	if _, err := s.Issuer.Generate(2); err != nil {
		t.Fatal(err)
	}
	s.Texts.Put("a", "言葉\u0000と \"引用\"")
	s.Issuer.Enrolled.Put("n", when)
	s.Issuer.WrongPINs.Put("n", 2)
	s.Mailbox.Refused.Put("a@example.jp", []string{"example.com"})
	s.Mailbox.Flags.Put("mail-1", []string{`\Seen`})
	s.Mailbox.Answering.Put("a@example.jp", true)
	s.Mailbox.UIDs.Put("mail-1", 7)
	s.Mailbox.Mods.Put("mail-1", 8)
	s.Accounts.Sessions.Put("digest", account.Session{NetAnswerID: "hanako", UsedAt: when})
	s.Registrations.Put("reg-1", registration.Start("reg-1", "token", when))
	s.Journeys.Put("card", "reg-1")
	s.Reserved.Put("hanako", "reg-1")
	s.Starts.Put("key", "reg-1")
	s.Answered.Put("reg-1", []world.Answered{{Key: "k", Op: "form", Refused: []registration.Error{{Code: "c"}}}})
	s.Phones.Put("p", world.Phone{ID: "p", InstallingFrom: when})
	s.Claims.Put("09000001001", true)
	s.Changes.Put("000000000001", world.Change{Was: world.Arrangement{Policy: map[string]json.RawMessage{"pin_digits": []byte("4")}}})
	s.SMS.Verifications.Put("VA/09000001001", sms.Verification{ID: "sms-9", To: "09000001001", Code: "123456", Until: when})
	s.Policy.PasscodeDigits = 7
	s.Defects = []string{"none"}
	change(t, s)
}

// change adds to what grows, changes some, and takes some out.
func change(t *testing.T, s *world.State) {
	t.Helper()
	_, err := s.SMS.Take(
		sms.Draft{
			From: "x",
			To:   "090-0000-1001",
			Body: "認証番号は123456です",
			Wish: sms.Wish{By: "rest", URL: "http://127.0.0.1/", Progress: true},
		},
		when,
		100,
	)
	if err != nil {
		t.Fatal(err)
	}
	s.SMS.Due("rest", "", when, 1, when)
	raw := "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: hello\r\n\r\nbyte \xff\r\n"
	if _, err := s.Mailbox.Accept("b@example.jp", []byte(raw), when, 100); err != nil {
		t.Fatal(err)
	}
	if len(s.Mailbox.Mails) == 3 {
		s.Mailbox.Remove(func(m mailbox.Mail) bool { return m.ID == "mail-2" })
	}
	if _, err := s.Telephone.Place(ivr.Dialling{From: "09000001001", To: "0120000000", Assigned: true, Sentence: "s", Guidance: "g"}, when, 100); err != nil {
		t.Fatal(err)
	}
	s.Texts.Delete("gone")
	s.Texts.Put("gone", "no")
	s.Accounts.Sessions.Delete("digest")
	s.Note(when, "world", "ワールド")
}

// written is a state as text.
func written(t *testing.T, s world.State) string {
	t.Helper()
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	// The fixtures' passwords are not kept.
	return regexp.MustCompile(`"password": "[^"]*"`).ReplaceAllString(string(data), `"password": ""`)
}

// TestEveryTableIsTried holds that fill forgets none: a table without an entry
// would be kept by no test.
func TestEveryTableIsTried(t *testing.T) {
	t.Parallel()
	var s world.State
	base, err := world.Template()
	if err != nil {
		t.Fatal(err)
	}
	s = base
	fill(t, &s)
	s.Accounts.Sessions.Put("digest", account.Session{})
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		if length := v.MethodByName("Len"); length.IsValid() && strings.Contains(v.Type().String(), "table.Table") {
			if length.Call(nil)[0].Int() == 0 {
				t.Errorf("%s is empty", path)
			}
			return
		}
		if v.Kind() == reflect.Struct && strings.Contains(v.Type().PkgPath(), "netanswer") {
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					look(path+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		}
	}
	look("State", reflect.ValueOf(s))
}
