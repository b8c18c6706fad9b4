package sms_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

const hanako = "090-0000-1001"

func later(d time.Duration) sms.When { return sms.When{In: d} }

func TestAMessageIsSentWhenItIsScheduled(t *testing.T) {
	var b sms.Box
	m, err := b.Take(sms.Draft{From: "x", To: hanako, Body: "認証コード 482913 有効期限は10分です", At: later(time.Hour)}, noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	hour := noon.Add(time.Hour)
	for at, want := range map[time.Time]sms.Status{noon: sms.Scheduled, hour.Add(-1): sms.Scheduled, hour: sms.Delivered} {
		if got, _ := m.Status(at); got != want {
			t.Errorf("at %s it is %s, want %s", at, got, want)
		}
		if there := len(b.List(hanako, at)) == 1; there != (want == sms.Delivered) {
			t.Errorf("at %s it is on the phone: %t", at, there)
		}
	}
	if !m.Carried().IssuedAt.Equal(hour) || !m.Carried().ExpiresAt.Equal(hour.Add(10*time.Minute)) {
		t.Errorf("%+v", m.Carried())
	}
	if next, any := b.Pending(hanako, noon); !any || !next.Equal(hour) {
		t.Errorf("under way until %s %t", next, any)
	}
}

func TestTimesThatCannotBe(t *testing.T) {
	for name, tt := range map[string]struct {
		at, until sms.When
		want      error
	}{
		"sent before now":        {sms.When{At: noon.Add(-1)}, sms.When{}, sms.ErrSchedule},
		"sent now":               {sms.When{At: noon}, sms.When{}, nil},
		"valid until it is sent": {later(time.Hour), later(time.Hour), sms.ErrExpiry},
		"valid until before now": {sms.When{}, sms.When{At: noon.Add(-1)}, sms.ErrExpiry},
		"valid for a month":      {sms.When{}, sms.When{Months: 1}, nil},
	} {
		var b sms.Box
		if _, err := b.Take(sms.Draft{To: hanako, Body: "x", At: tt.at, Until: tt.until}, noon, 10); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestAMessageThatIsNotThereInTimeIsExpired(t *testing.T) {
	for name, tt := range map[string]struct {
		fault fault.Fault
		until time.Duration
		want  sms.Status
		why   fault.Reason
	}{
		"late, within":  {fault.Fault{Kind: fault.Delay, By: 10 * time.Minute}, 10 * time.Minute, sms.Delivered, ""},
		"late, beyond":  {fault.Fault{Kind: fault.Delay, By: 10*time.Minute + 1}, 10 * time.Minute, sms.Undelivered, sms.Expired},
		"lost":          {fault.Fault{Kind: fault.Lose}, time.Minute, sms.Undelivered, sms.Expired},
		"lost, and why": {fault.Fault{Kind: fault.Lose, Reason: fault.Filtered}, time.Minute, sms.Undelivered, fault.Filtered},
	} {
		tt.fault.Times = 1
		b := sms.Box{Faults: fault.Plan{Faults: []fault.Fault{tt.fault}}}
		m, err := b.Take(sms.Draft{To: hanako, Body: "x", Until: later(tt.until), Wish: sms.Wish{By: "rest"}}, noon, 10)
		if err != nil {
			t.Fatal(err)
		}
		if got, since := m.Status(noon.Add(time.Hour)); got != tt.want || m.Reason != tt.why ||
			tt.why == sms.Expired && !since.Equal(noon.Add(tt.until)) {
			t.Errorf("%s: %s since %s, %q", name, got, since, m.Reason)
		}
		if due := b.Due("rest", "", noon.Add(time.Hour), 10, noon); len(due) != 1 || due[0].Status != tt.want {
			t.Errorf("%s: told %+v", name, due)
		}
	}
}

func TestAScheduledMessageIsTakenBackOrChanged(t *testing.T) {
	var b sms.Box
	wish := sms.Wish{By: "rest", Progress: true}
	one, _ := b.Take(sms.Draft{From: "x", To: hanako, Body: "認証コード 111111", At: later(time.Hour), Wish: wish}, noon, 10)
	two, _ := b.Take(sms.Draft{From: "x", To: hanako, Body: "old", At: later(time.Hour), Wish: wish}, noon, 10)
	gone, _ := b.Take(sms.Draft{From: "x", To: hanako, Body: "認証コード 222222"}, noon, 10)
	before := b
	if m, err := b.Cancel(one.ID, noon.Add(time.Minute)); err != nil || m.Reason != sms.Deleted {
		t.Fatal(m, err)
	}
	if m, err := b.Replace(two.ID, sms.Draft{Body: "new", At: later(2 * time.Hour), Wish: wish}, noon); err != nil || m.Body != "new" ||
		m.To != two.To {
		t.Fatal(m, err)
	}
	for id, want := range map[string]error{one.ID: sms.ErrBegun, gone.ID: sms.ErrBegun, "sms-99": sms.ErrMessage} {
		if _, err := b.Cancel(id, noon); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", id, err, want)
		}
	}
	end := noon.Add(3 * time.Hour)
	there := b.List(hanako, end)
	if len(there) != 2 || there[0].ID != gone.ID || there[1].Body != "new" || !there[1].DeliveredAt.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("%+v", there)
	}
	if there[0].Passcode.Superseded {
		t.Error("a message that was taken back supersedes")
	}
	if len(before.List(hanako, end)) != 3 {
		t.Error("an earlier snapshot has changed")
	}
	var told []sms.Status
	for _, r := range b.Due("rest", "", end, 10, noon) {
		told = append(told, r.Status)
	}
	if len(told) != 3 || told[0] != sms.Canceled || told[1] != sms.Sent || told[2] != sms.Delivered {
		t.Errorf("told %q", told)
	}
}

// TestANumberIsThatOfThePhoneMeant is about the forms that people and programs
// write numbers in (ITU-T E.123, E.164, RFC 3966).
func TestANumberIsThatOfThePhoneMeant(t *testing.T) {
	for number, want := range map[string]string{
		"9000001001": "09000001001", "312345678": "0312345678", "+8109000001001": "09000001001", "819000001001": "09000001001", "8109000001001": "09000001001",
		"008190 0000 1001": "09000001001", "010-81-90-0000-1001": "09000001001", "０９０－００００－１００１": "09000001001", "tel:+81-90-0000-1001": "09000001001",
		"090.0000.1001": "09000001001", "+81 (0)90-0000-1001": "09000001001", "81312345678": "0312345678", "0800-000-1001": "08000001001", "5000001001": "05000001001",
		"0120-000-111": "0120000111", "+14155550100": "+14155550100", "4155550100": "", "1234567890": "", "090": "", "+8190000010011": "", "hanako": "", "": "", "+": "",
	} {
		if got := sms.National(number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}

func TestOf1600CharactersAllAreTaken(t *testing.T) {
	var b sms.Box
	for body, want := range map[rune]int{'a': 11, 'あ': 24, '😀': 49} {
		text := ""
		for range 1600 {
			text += string(body)
		}
		if m, err := b.Accept("x", hanako, text, noon, 10); err != nil || m.Segments != want {
			t.Errorf("%c: %d parts, %v, want %d", body, m.Segments, err, want)
		}
	}
}
