package sms_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/sms"
)

var noon = time.Date(2026, 12, 31, 23, 55, 0, 0, clock.Japan)

const passcodeText = "パスコード 012345\nご利用のサービスに入力して手続きを進めてください。\n有効期限: 01/01 00:05\n株式会社クレディセゾン"

func TestSegmentsAreCountedAsOnTheAir(t *testing.T) {
	for _, tt := range []struct {
		name, body, encoding string
		segments             int
	}{
		{"160 of the default alphabet", strings.Repeat("a", 160), "GSM-7", 1},
		{"161 of it", strings.Repeat("a", 161), "GSM-7", 2},
		{"306 of it", strings.Repeat("a", 306), "GSM-7", 2},
		{"80 of the extension take two each", strings.Repeat("€", 80), "GSM-7", 1},
		{"81 of the extension", strings.Repeat("€", 81), "GSM-7", 2},
		{"70 Japanese", strings.Repeat("あ", 70), "UCS-2", 1},
		{"71 Japanese", strings.Repeat("あ", 71), "UCS-2", 2},
		{"135 Japanese", strings.Repeat("あ", 135), "UCS-2", 3},
		{"an emoji takes two units", strings.Repeat("🍣", 36), "UCS-2", 2},
	} {
		var b sms.Box
		m, err := b.Accept("x", "090-0000-1001", tt.body, noon, 10)
		if err != nil || m.Encoding != tt.encoding || m.Segments != tt.segments {
			t.Errorf("%s: %s %d %v, want %s %d", tt.name, m.Encoding, m.Segments, err, tt.encoding, tt.segments)
		}
	}
}

func TestTheNumberIsReadInEveryForm(t *testing.T) {
	var b sms.Box
	for _, to := range []string{"090-0000-1001", "09000001001", "+819000001001", "+81 90 0000 1001"} {
		if _, err := b.Accept("x", to, "hello", noon, 10); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
	if got := len(b.List("090-0000-1001", noon)); got != 4 {
		t.Errorf("%d messages on the phone, want 4", got)
	}
	for _, to := range []string{"", "12", "hanako", "090-0000-10O1", strings.Repeat("1", 16)} {
		if _, err := b.Accept("x", to, "hello", noon, 10); !errors.Is(err, sms.ErrRecipient) {
			t.Errorf("%q: %v", to, err)
		}
	}
}

func TestAPasscodeIsReadWithItsExpiry(t *testing.T) {
	var b sms.Box
	m, err := b.Accept("x", "090-0000-1001", passcodeText, noon, 10)
	if err != nil || m.Carried() == nil {
		t.Fatal(m, err)
	}
	if want := noon.Add(10 * time.Minute); m.Carried().Code != "012345" || !m.Carried().ExpiresAt.Equal(want) ||
		!m.Carried().IssuedAt.Equal(noon) {
		t.Errorf("%+v, want 012345 until %s, which is next year", m.Carried(), want)
	}
	if m, _ := b.Accept("x", "090-0000-1001", "お届け予定 012345", noon, 10); m.Carried() != nil {
		t.Errorf("a number that is no passcode: %+v", m.Carried())
	}
}

func TestALaterPasscodeSupersedes(t *testing.T) {
	var b sms.Box
	for _, to := range []string{"090-0000-1001", "090-0000-1002", "090-0000-1001"} {
		if _, err := b.Accept("x", to, passcodeText, noon, 10); err != nil {
			t.Fatal(err)
		}
	}
	var got []bool
	for _, m := range b.List("", noon) {
		got = append(got, m.Passcode.Superseded)
	}
	if len(got) != 3 || !got[0] || got[1] || got[2] {
		t.Errorf("superseded %v, want only the first", got)
	}
}

func TestBeyondTheBoundNothingIsLost(t *testing.T) {
	var b sms.Box
	for range 3 {
		_, _ = b.Accept("x", "090-0000-1001", "hello", noon, 2) // the third is refused
	}
	if _, err := b.Accept("x", "090-0000-1001", "hello", noon, 2); !errors.Is(err, sms.ErrFull) || len(b.Messages) != 2 {
		t.Errorf("%v with %d messages", err, len(b.Messages))
	}
}

func TestAfterNamesAMessage(t *testing.T) {
	var b sms.Box
	first, _ := b.Accept("x", "090-0000-1001", "one", noon, 10)
	if _, ok := b.Latest("090-0000-1001", first.ID, noon); ok {
		t.Error("something came after the only message")
	}
	second, _ := b.Accept("x", "090-0000-1001", "two", noon, 10)
	if m, ok := b.Latest("", first.ID, noon); !ok || m.ID != second.ID {
		t.Errorf("%+v %t", m, ok)
	}
}

func TestAMessageIsOnThePhoneWhenTheClockSaysSo(t *testing.T) {
	var b sms.Box
	_, _ = b.Accept("x", "090-0000-1001", "hello", noon, 10)
	b.Messages[0].DeliveredAt = noon.Add(time.Minute)
	if len(b.List("", noon)) != 0 || len(b.List("", noon.Add(time.Minute))) != 1 {
		t.Error("the clock does not decide")
	}
	if next, under := b.Pending("", noon); !under || !next.Equal(noon.Add(time.Minute)) {
		t.Errorf("pending %s %t", next, under)
	}
}

func FuzzAcceptNeverPanics(f *testing.F) {
	f.Add("090-0000-1001", passcodeText)
	f.Add("+81", "\x00€🍣")
	f.Fuzz(func(t *testing.T, to, body string) {
		var b sms.Box
		if m, err := b.Accept("x", to, body, noon, 1); err == nil && (m.Segments < 1 || m.Segments > sms.MaxSegments) {
			t.Errorf("%d segments", m.Segments)
		}
	})
}

func BenchmarkAccept(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var box sms.Box
		if _, err := box.Accept("x", "090-0000-1001", passcodeText, noon, 1); err != nil {
			b.Fatal(err)
		}
	}
}
