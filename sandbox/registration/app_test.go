package registration_test

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
)

var goodCard = registration.CardForm{CardNumber: "4242-4200-0001-0017", Expiry: "11/35", SecurityCode: "123"}

// destination makes a registration in the app at the destination, at noon.
func destination(t *testing.T, p registration.Policy, h registration.Holder) registration.Registration {
	t.Helper()
	r, err := registration.StartApp("r", "t", registration.CompanySaison, registration.IPhone, noon)
	if err != nil {
		t.Fatal(err)
	}
	if r, err = r.SubmitCard(p, noon, goodCard, h); err != nil || r.State != registration.CheckDestination {
		t.Fatal(r.State, err)
	}
	return r
}

// texted makes a registration in the app with the passcode 123456 sent at noon.
func texted(t *testing.T, p registration.Policy) registration.Registration {
	t.Helper()
	r, send, err := destination(t, p, mobile).RequestPasscode(p, noon, "123456")
	if err != nil || !send || r.State != registration.AwaitPasscode {
		t.Fatal(r.State, send, err)
	}
	return r
}

// identified makes a registration in the app whose identity check is over.
func identified(t *testing.T, p registration.Policy) registration.Registration {
	t.Helper()
	r, err := texted(t, p).Enter(p, noon, "123456")
	if err != nil || r.State != registration.AwaitEmail || r.Passcode.Code != "" {
		t.Fatal(r.State, r.Passcode, err)
	}
	return r
}

func TestTheCardInTheApp(t *testing.T) {
	p := policy(t)
	r, err := registration.StartApp("r", "t", registration.CompanySaison, registration.Android, noon)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(*registration.CardForm)
		code   string
	}{
		"no expiry":                  {func(c *registration.CardForm) { c.Expiry = "" }, "expiry: required"},
		"an expiry without a slash":  {func(c *registration.CardForm) { c.Expiry = "1135" }, "expiry: expiry_form"},
		"an expiry of wide digits":   {func(c *registration.CardForm) { c.Expiry = "１１/３５" }, "expiry: expiry_form"},
		"a thirteenth month":         {func(c *registration.CardForm) { c.Expiry = "13/35" }, "expiry: expiry_form"},
		"an expired card":            {func(c *registration.CardForm) { c.Expiry = "10/26" }, "expiry: expiry_past"},
		"a code of four":             {func(c *registration.CardForm) { c.SecurityCode = "1234" }, "security_code: security_code_form"},
		"an AMEX with a code of 3":   {func(c *registration.CardForm) { c.CardNumber = "378282000010049" }, "security_code: security_code_form"},
		"a digit too few":            {func(c *registration.CardForm) { c.CardNumber = "424242000001001" }, "card_number: card_number_length"},
		"letters":                    {func(c *registration.CardForm) { c.CardNumber = "4242 4200 OOO1 0017" }, "card_number: card_number_characters"},
		"several things at once":     {func(c *registration.CardForm) { *c = registration.CardForm{} }, "card_number: required; expiry: required; security_code: required"},
		"a corporate card's product": {func(*registration.CardForm) {}, "card_number: corporate_card"},
	} {
		c, h := goodCard, mobile
		tt.change(&c)
		if strings.Contains(tt.code, "corporate") {
			h.Product = registration.ProductCorporate
		}
		got, err := r.SubmitCard(p, noon, c, h)
		if err == nil || err.Error() != tt.code || got.State != registration.AwaitCard || got.Application.CardNumber != "" {
			t.Errorf("%s: %v in %s, want %s", name, err, got.State, tt.code)
		}
	}
	if r, err = r.SubmitCard(p, noon, goodCard, mobile); err != nil || r.Application.CardNumber != "4242420000010017" ||
		r.Application.SecurityCode != "" {
		t.Errorf("%+v %v", r.Application, err)
	}
}

func TestTheWayByPIN(t *testing.T) {
	p := policy(t)
	pin := func(r registration.Registration, pin string, a registration.PINAnswer) (registration.Registration, error) {
		t.Helper()
		if r.State != registration.AwaitPIN {
			t.Fatalf("state %s", r.State)
		}
		return r.EnterPIN(p, noon, pin, a)
	}
	for name, from := range map[string]registration.Registration{"the destination": destination(t, p, mobile), "the passcode": texted(t, p)} {
		r, err := from.ChoosePIN(p, noon)
		if err != nil {
			t.Fatalf("from %s: %v", name, err)
		}
		if got, err := pin(r, "258", registration.PINAnswer{Right: true}); code(err) != "pin_form" || got.State != registration.AwaitPIN {
			t.Errorf("from %s, three digits: %s %v", name, got.State, err)
		}
		if got, err := pin(r, "0000", registration.PINAnswer{Left: 2}); code(err) != "pin_wrong" || got.State != registration.AwaitPIN {
			t.Errorf("from %s, a wrong one: %s %v", name, got.State, err)
		}
		if got, err := pin(r, "0000", registration.PINAnswer{}); got.State != registration.Locked || got.Reason != registration.WrongPIN ||
			code(err) != "registration_locked" {
			t.Errorf("from %s, the last wrong one: %s %v", name, got.State, err)
		}
		if got, err := pin(r, "2580", registration.PINAnswer{Stopped: true}); got.State != registration.AwaitPIN ||
			code(err) != "pin_stopped" {
			t.Errorf("from %s, stopped: %s %v", name, got.State, err)
		}
		got, err := pin(r, "2580", registration.PINAnswer{Right: true})
		if got.State != registration.AwaitEmail || err != nil {
			t.Errorf("from %s, the right one: %s %v", name, got.State, err)
		}
		if again, err := got.EnterPIN(p, noon, "0000", registration.PINAnswer{}); again.State != registration.AwaitEmail || err != nil {
			t.Errorf("from %s, sent again: %s %v", name, again.State, err)
		}
	}
}

func TestWhoHasNoMobileTelephoneHasThePINOnly(t *testing.T) {
	p := policy(t)
	for _, h := range []registration.Holder{{Phone: "03-0000-1009"}, {Email: "a@example.jp"}, {}} {
		r := destination(t, p, h)
		got, send, err := r.RequestPasscode(p, noon, "123456")
		if send || code(err) != "sms_unavailable" || got.State != registration.CheckDestination {
			t.Errorf("%+v: %s %v", h, got.State, err)
		}
		if got, err := r.ChoosePIN(p, noon); err != nil || got.State != registration.AwaitPIN {
			t.Errorf("%+v, PIN: %s %v", h, got.State, err)
		}
	}
	barred := destination(t, p, registration.Holder{Phone: "090-0000-1001", Barred: true})
	if got, send, err := barred.RequestPasscode(p, noon, "123456"); send || err != nil || got.State != registration.Unavailable {
		t.Errorf("barred: %s %v", got.State, err)
	}
	if got, err := barred.ChoosePIN(p, noon); err != nil || got.State != registration.Unavailable {
		t.Errorf("barred, PIN: %s %v", got.State, err)
	}
}

func TestBackFromThePINToTheSMS(t *testing.T) {
	p := policy(t)
	r, _ := texted(t, p).ChoosePIN(p, noon)
	for _, tt := range []struct {
		after time.Duration
		send  bool
		code  string // that counts then
	}{{10*time.Minute - 1, false, "123456"}, {10 * time.Minute, true, "654321"}} {
		got, send, err := r.RequestPasscode(p, noon.Add(tt.after), "654321")
		if err != nil || send != tt.send || got.State != registration.AwaitPasscode || got.Passcode.Code != tt.code {
			t.Errorf("after %s: send %t, %s %v", tt.after, send, got.State, err)
		}
	}
	late, _, _ := r.RequestPasscode(p, noon.Add(10*time.Minute), "654321")
	if late = late.Undelivered("654321"); late.State != registration.CheckDestination {
		t.Errorf("undelivered: %s, want the destination, for the passcode before has expired", late.State)
	}
	if late.Reissues != 0 {
		t.Errorf("a passcode that was not sent counts as %d reissues", late.Reissues)
	}
	r.Reissues = p.PasscodeReissues
	if got, send, err := r.RequestPasscode(p, noon.Add(10*time.Minute), "654321"); send || code(err) != "reissue_limit" ||
		got.State != registration.AwaitPIN {
		t.Errorf("at the limit: %s %v", got.State, err)
	}
	if got := r.Undelivered("123456"); got.State != registration.AwaitPIN || got.Passcode.Code != "" {
		t.Errorf("undelivered meanwhile: %s %+v", got.State, got.Passcode)
	}
}

func TestThePINDoesNotExpireWithThePasscode(t *testing.T) {
	p := policy(t)
	r, _ := texted(t, p).ChoosePIN(p, noon.Add(5*time.Minute))
	if got := r.At(p, noon.Add(20*time.Minute)); got.State != registration.AwaitPIN {
		t.Errorf("after 20 minutes: %s", got.State)
	}
	if got := r.At(p, noon.Add(35*time.Minute)); got.State != registration.Expired || got.Reason != registration.Idle {
		t.Errorf("30 minutes after the last action: %s %s", got.State, got.Reason)
	}
}

func TestMailPasswordAndTermsInTheirOrder(t *testing.T) {
	p := policy(t)
	r := identified(t, p)
	if _, err := r.SetPassword(p, noon, "Secret-2026", "d"); code(err) != "step_not_allowed" {
		t.Errorf("password before the mail address: %v", err)
	}
	if _, err := r.Agree(p, noon, true); code(err) != "step_not_allowed" {
		t.Errorf("terms before the mail address: %v", err)
	}
	for email, want := range map[string]string{"": "required", "hanako": "email_form", "hanako@localhost": "email_form",
		"hanako..y@example.jp": "email_dots", "hanako.@example.jp": "email_dots", ".hanako@docomo.ne.jp": "email_form", "hanako..@docomo.ne": "email_dots", "a..b@evil-docomo.ne.jp": "email_dots"} {
		if got, err := r.SetEmail(p, noon, email); err == nil || err.Error() != "email: "+want || got.State != registration.AwaitEmail {
			t.Errorf("mail address %q: %s %v", email, got.State, err)
		}
	}
	for _, email := range []string{"a..b@docomo.ne.jp", "a.@ezweb.ne.jp", "a...b.@t.vodafone.ne.jp", "a+b@example.jp"} {
		if got, err := r.SetEmail(p, noon, email); err != nil || got.State != registration.AwaitPassword {
			t.Errorf("mail address %q: %s %v", email, got.State, err)
		}
	}
	r, _ = r.SetEmail(p, noon, "hanako@example.jp")
	if _, err := r.SetPassword(p, noon, "ひみつ!", "d"); err == nil || strings.Count(err.Error(), "password: credential_") != 4 {
		t.Errorf("everything wrong at once: %v", err)
	}
	if r, _ = r.SetPassword(p, noon, "Secret-2026", "d"); r.State != registration.AwaitTerms {
		t.Fatal(r.State)
	}
	if got, err := r.Agree(p, noon, false); code(err) != "terms_declined" || got.State != registration.AwaitTerms {
		t.Errorf("not agreed: %s %v", got.State, err)
	}
	if got, err := r.Agree(p, noon, true); err != nil || got.State != registration.Completed || got.Application.PasswordDigest != "d" {
		t.Errorf("agreed: %s %v", got.State, err)
	}
}

func TestBack(t *testing.T) {
	p := policy(t)
	terms, _ := identified(t, p).SetEmail(p, noon, "hanako@example.jp")
	terms, _ = terms.SetPassword(p, noon, "Secret-2026", "d")
	for _, tt := range []struct {
		from registration.Registration
		to   registration.State
		want registration.State
		code string
	}{
		{destination(t, p, mobile), registration.AwaitCard, registration.AwaitCard, ""},
		{terms, registration.AwaitPassword, registration.AwaitPassword, ""},
		{terms, registration.AwaitEmail, registration.AwaitEmail, ""},
		{terms, registration.AwaitTerms, registration.AwaitTerms, ""},
		{terms, registration.AwaitCard, registration.AwaitTerms, "step_not_allowed"},
		{texted(t, p), registration.AwaitCard, registration.AwaitPasscode, "step_not_allowed"},
		{destination(t, p, mobile), registration.Completed, registration.CheckDestination, "step_not_allowed"},
	} {
		got, err := tt.from.Back(p, noon, tt.to)
		if got.State != tt.want || code(err) != tt.code {
			t.Errorf("from %s to %s: %s %v", tt.from.State, tt.to, got.State, err)
		}
	}
}
