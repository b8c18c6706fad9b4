package registration_test

import (
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
)

const freeDial = "0120-000111"

// calling makes a registration whose member is to call, its screen shown at noon.
func calling(t *testing.T, p registration.Policy) registration.Registration {
	t.Helper()
	r, err := registration.Start("r", "t", noon).Submit(p, noon, goodForm(), "digest", registration.Holder{Phone: "03-0000-1009"})
	if err != nil {
		t.Fatal(err)
	}
	r, send, err := r.Proceed(p, noon, "123456")
	if err != nil || send || r.State != registration.AwaitCall {
		t.Fatal(r.State, send, err)
	}
	return r
}

func TestWhichCallAnswersARegistration(t *testing.T) {
	p := policy(t)
	r := calling(t, p)
	for _, tt := range []struct {
		name     string
		after    time.Duration
		from, to string
		want     bool
	}{
		{"the telephone on file", 0, "03-0000-1009", freeDial, true},
		{"written without hyphens", 0, "0300001009", "0120000111", true},
		{"just in time", 15*time.Minute - 1, "03-0000-1009", freeDial, true},
		{"at 15 minutes", 15 * time.Minute, "03-0000-1009", freeDial, true},
		{"after 15 minutes", 15*time.Minute + time.Second, "03-0000-1009", freeDial, false},
		{"another telephone", 0, "03-0000-1008", freeDial, false},
		{"withheld", 0, "", freeDial, false},
		{"another number", 0, "03-0000-1009", "0120-000112", false},
	} {
		if got := r.Answers(p, noon.Add(tt.after), tt.from, tt.to); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
	passcode := at(t, p)
	if passcode.Answers(p, noon, "090-0000-1001", freeDial) {
		t.Error("a call answers a registration that waits for a passcode")
	}
}

func TestACallBegunInTimeCountsAlthoughItEndsLater(t *testing.T) {
	p := policy(t)
	started := noon.Add(15*time.Minute - time.Second)
	r := calling(t, p).Heard(p, started, started.Add(4*time.Second))
	if r.State != registration.AwaitCall || r.Call.ConfirmedAt.IsZero() {
		t.Fatalf("%s, confirmed %s", r.State, r.Call.ConfirmedAt)
	}
	if r, err := r.Finish(p, noon.Add(20*time.Minute)); err != nil || r.State != registration.Completed {
		t.Errorf("%s %v", r.State, err)
	}
	late := calling(t, p).Heard(p, noon.Add(15*time.Minute+time.Second), noon.Add(16*time.Minute))
	if late.State != registration.Expired || late.Reason != registration.CallTooLate {
		t.Errorf("too late: %s %s", late.State, late.Reason)
	}
}

func TestWithoutACallTheMemberStays(t *testing.T) {
	p := policy(t)
	r, err := calling(t, p).Finish(p, noon.Add(time.Minute))
	if code(err) != "call_not_confirmed" || r.State != registration.AwaitCall {
		t.Errorf("%s %v", r.State, err)
	}
	if _, err := r.Enter(p, noon.Add(time.Minute), "123456"); code(err) != "step_not_allowed" {
		t.Errorf("a passcode at the call: %v", err)
	}
	if _, err := at(t, p).Finish(p, noon); code(err) != "step_not_allowed" {
		t.Errorf("the button of the call at the passcode: %v", err)
	}
}

// TestWhyItEndedIsWhatEndedItFirst and not what is looked at first, hours later.
func TestWhyItEndedIsWhatEndedItFirst(t *testing.T) {
	p := policy(t)
	p.RegistrationIdle = registration.Duration(12 * time.Minute)
	r := calling(t, p)
	for _, after := range []time.Duration{12 * time.Minute, 15*time.Minute + time.Second, 14 * time.Hour} {
		if got := r.At(p, noon.Add(after)); got.Reason != registration.Idle {
			t.Errorf("after %s: %s", after, got.Reason)
		}
	}
	p.RegistrationIdle = registration.Duration(9 * time.Minute)
	if got := at(t, p).At(p, noon.Add(time.Hour)); got.Reason != registration.Idle {
		t.Errorf("with a passcode: %s", got.Reason)
	}
	p.RegistrationIdle = registration.Duration(10 * time.Minute)
	if got := at(t, p).At(p, noon.Add(time.Hour)); got.Reason != registration.PasscodeTooOld {
		t.Errorf("at the same moment: %s", got.Reason)
	}
}
