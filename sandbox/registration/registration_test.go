package registration_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/registration"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("JST", 9*60*60))

func policy(t testing.TB) registration.Policy {
	t.Helper()
	var p registration.Policy
	if err := fixtures.Policy(&p); err != nil {
		t.Fatal(err)
	}
	return p
}

func goodForm() registration.Form {
	return registration.Form{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123",
		NetAnswerID: "hanako2026", Password: "Secret-2026", PasswordConfirmation: "Secret-2026", EmailPC: "hanako@example.jp", TermsAgreed: true}
}

var mobile = registration.Holder{MemberID: "hanako", Phone: "090-0000-1001"}

// at makes a registration in the state passcode, its passcode issued at noon.
func at(t *testing.T, p registration.Policy) registration.Registration {
	t.Helper()
	r, err := registration.Start("r", "t", noon).Submit(p, noon, goodForm(), "digest", mobile)
	if err != nil {
		t.Fatal(err)
	}
	r, send, err := r.Proceed(p, noon, "123456")
	if err != nil || !send {
		t.Fatal(send, err)
	}
	return r
}

func TestTheDrawingAgreesWithTheTable(t *testing.T) {
	drawing, err := os.ReadFile("states.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[registration.Transition]bool{}
	for _, part := range strings.Split(string(drawing), "\n## ")[1:] {
		channel, body, _ := strings.Cut(part, "\n")
		for _, m := range regexp.MustCompile(`(?m)^\s*(\w+) --> (\w+): (\w+)$`).FindAllStringSubmatch(body, -1) {
			drawn[registration.Transition{Channel: registration.Channel(channel), From: registration.State(m[1]),
				On: registration.Event(m[3]), To: registration.State(m[2])}] = true
		}
	}
	table := map[registration.Transition]bool{}
	for _, tr := range registration.Transitions() {
		table[tr] = true
	}
	if diff := cmp.Diff(table, drawn); diff != "" {
		t.Errorf("states.md and the table differ (-table +drawing):\n%s", diff)
	}
}

func TestEveryStateAndEventHasAName(t *testing.T) {
	for _, tr := range registration.Transitions() {
		for _, name := range []string{fixtures.StateName(string(tr.From)), fixtures.StateName(string(tr.To)),
			fixtures.EventName(string(tr.On))} {
			if regexp.MustCompile(`[a-z]`).MatchString(name) {
				t.Errorf("%v: no member would call it %s", tr, name)
			}
		}
	}
}

func TestAFinalStateHasNoWayOut(t *testing.T) {
	for _, tr := range registration.Transitions() {
		if tr.From.Final() {
			t.Errorf("%s leads from %s, which is final", tr.On, tr.From)
		}
	}
}

func TestNoStepIsSkipped(t *testing.T) {
	p := policy(t)
	fresh := registration.Start("r", "t", noon)
	if _, _, err := fresh.Proceed(p, noon, "123456"); code(err) != "step_not_allowed" {
		t.Errorf("proceed from the form: %v", err)
	}
	if _, err := fresh.Enter(p, noon, "123456"); code(err) != "step_not_allowed" {
		t.Errorf("passcode at the form: %v", err)
	}
	confirm, err := fresh.Submit(p, noon, goodForm(), "digest", mobile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := confirm.Enter(p, noon, ""); code(err) != "step_not_allowed" {
		t.Errorf("passcode at the confirmation: %v", err)
	}
	if _, err := at(t, p).Submit(p, noon, goodForm(), "digest", mobile); code(err) != "step_not_allowed" {
		t.Errorf("form at the passcode: %v", err)
	}
}

func TestAPasscodeIsGoodForLessThanItsLifetime(t *testing.T) {
	p := policy(t)
	for _, tt := range []struct {
		after time.Duration
		want  registration.State
	}{
		{0, registration.Completed},
		{10*time.Minute - time.Nanosecond, registration.Completed},
		{10 * time.Minute, registration.Expired},
		{24 * time.Hour, registration.Expired},
	} {
		r, _ := at(t, p).Enter(p, noon.Add(tt.after), "123456")
		if r.State != tt.want {
			t.Errorf("after %s: %s, want %s", tt.after, r.State, tt.want)
		}
	}
}

func TestWrongPasscodesLockAtTheLimitAcrossReissues(t *testing.T) {
	p := policy(t)
	r, now := at(t, p), noon
	var err error
	for i := 1; i < p.PasscodeAttempts; i++ {
		if r, err = r.Enter(p, now, "000000"); code(err) != "passcode_wrong" || r.State != registration.AwaitPasscode {
			t.Fatalf("attempt %d: %s %v", i, r.State, err)
		}
	}
	now = now.Add(p.PasscodeReissueInterval.Of())
	if r, err = r.Reissue(p, now, "654321"); err != nil {
		t.Fatal(err)
	}
	if r, err = r.Enter(p, now, "123456"); r.State != registration.Locked || code(err) != "registration_locked" {
		t.Errorf("the superseded passcode as last attempt: %s %v", r.State, err)
	}
	if r, err = r.Enter(p, now, "654321"); r.State != registration.Locked || err == nil {
		t.Errorf("the right passcode afterwards: %s %v", r.State, err)
	}
	if r.Application.CardNumber != "" || r.Passcode.Code != "" {
		t.Errorf("a locked registration still knows %+v %+v", r.Application, r.Passcode)
	}
}

func TestAPasscodeThatCouldNotBeSentIsTakenBack(t *testing.T) {
	p := policy(t)
	r := at(t, p).Undelivered("123456")
	if r.State != registration.Confirm || r.Application.CardNumber == "" {
		t.Errorf("first passcode: %s with %+v, want the confirmation as it was", r.State, r.Application)
	}
	later := noon.Add(time.Minute)
	again, err := at(t, p).Reissue(p, later, "654321")
	if err != nil {
		t.Fatal(err)
	}
	again = again.Undelivered("654321")
	if again.Reissues != 0 {
		t.Errorf("a reissue that was not sent counts: %d", again.Reissues)
	}
	if done, err := again.Enter(p, later, "123456"); err != nil || done.State != registration.Completed {
		t.Errorf("the passcode before: %s %v, want it to count again", done.State, err)
	}
}

func TestAskingTwiceSendsOnce(t *testing.T) {
	p := policy(t)
	r, send, err := at(t, p).Proceed(p, noon.Add(time.Second), "999999")
	if err != nil || send || r.Passcode.Code != "123456" {
		t.Errorf("second time: send %t, %v, passcode changed %t", send, err, r.Passcode.Code != "123456")
	}
}

func TestIdleTimeCountsFromTheLastAction(t *testing.T) {
	p := policy(t)
	r := registration.Start("r", "t", noon)
	if got := r.At(p, noon.Add(30*time.Minute-1)).State; got != registration.Input {
		t.Errorf("just before: %s", got)
	}
	if got := r.At(p, noon.Add(30*time.Minute)); got.State != registration.Expired || got.Reason != registration.Idle {
		t.Errorf("at 30 minutes: %s %s", got.State, got.Reason)
	}
	refused, err := r.Submit(p, noon.Add(20*time.Minute), registration.Form{}, "", registration.Holder{})
	if err == nil {
		t.Fatal("an empty form was accepted")
	}
	if got := refused.At(p, noon.Add(49*time.Minute)).State; got != registration.Input {
		t.Errorf("29 minutes after a refused form: %s, want input", got)
	}
}

func TestTheCheckFollowsTheContactOnFile(t *testing.T) {
	for _, tt := range []struct {
		name   string
		holder registration.Holder
		want   registration.Method
		ok     bool
	}{
		{"a mobile gets an SMS even with a mail address", registration.Holder{Phone: "080-0000-0000", Email: "a@example.jp"}, registration.BySMS, true},
		{"no telephone but a mail address gets a mail", registration.Holder{Email: "a@example.jp"}, registration.ByEmail, true},
		{"nothing on file is no way", registration.Holder{}, "", false},
		{"a barred card has no way", registration.Holder{Phone: "080-0000-0000", Barred: true}, "", false},
		{"a landline has to call", registration.Holder{Phone: "03-0000-1009", Email: "a@example.jp"}, registration.ByCall, true},
	} {
		if got, ok := registration.MethodFor(tt.holder); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %q %t", tt.name, got, ok)
		}
	}
}

func TestMasks(t *testing.T) {
	for _, tt := range []struct{ mask, number, want string }{
		{"0000-00**-****-000", "4242420000010017", "4242-42**-****-017"},
		{"0000-00**-****-000", "378282000010049", "3782-82**-****-049"},
		{"*****0000", "090-0000-1001", "*****1001"},
		{"*****0000", "12", "*********"},
		{"0000", "123456", "1234"},
	} {
		if got := registration.MaskNumber(tt.mask, tt.number); got != tt.want {
			t.Errorf("MaskNumber(%q, %q) = %q, want %q", tt.mask, tt.number, got, tt.want)
		}
	}
	if got := registration.MaskDestination("*****0000", "misaki@example.jp"); got != "m*****@example.jp" {
		t.Errorf("mail address: %q", got)
	}
}

func TestAPolicyThatCannotBeIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*registration.Policy){
		"no digits":           func(p *registration.Policy) { p.PasscodeDigits = 0 },
		"no lifetime":         func(p *registration.Policy) { p.PasscodeLifetime = 0 },
		"no attempts":         func(p *registration.Policy) { p.PasscodeAttempts = 0 },
		"negative interval":   func(p *registration.Policy) { p.PasscodeReissueInterval = -1 },
		"min above max":       func(p *registration.Policy) { p.PasswordMin = p.PasswordMax + 1 },
		"letters in the mask": func(p *registration.Policy) { p.CardMask = "0000-XX" },
	} {
		p := policy(t)
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		spoil(&p)
		if p.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzFormNeverPanicsAndNeverAcceptsControlCharacters(f *testing.F) {
	for _, s := range []string{"", "4242420000010017", "１２３", "\x00", "🍣", "a@b.jp", "-=@_", strings.Repeat("9", 5000)} {
		f.Add(s, s)
	}
	p := policy(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		form := goodForm()
		form.CardNumber, form.NetAnswerID, form.EmailPC, form.SecurityCode = a, b, a, b
		form.ExpiryMonth, form.ExpiryYear = a, b
		if form.Check(p, noon) == nil && strings.ContainsFunc(a+b, func(c rune) bool { return c < ' ' || c > '~' }) {
			t.Errorf("accepted %q %q", a, b)
		}
		registration.MaskNumber(p.CardMask, a)
		registration.MaskDestination(p.DestinationMask, b)
	})
}

func code(err error) string {
	var e *registration.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
