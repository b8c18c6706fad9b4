package model

import (
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

// A Policy is the choices that a registration depends on.
type Policy struct {
	Digits      int
	Lifetime    time.Duration
	Attempts    int
	Reissues    int
	Interval    time.Duration
	Idle        time.Duration
	CallWindow  time.Duration
	FreeDial    string
	PINDigits   int
	PINAttempts int
	IDMin       int
	IDMax       int
	PasswordMin int
	PasswordMax int
	Symbols     string
	Personal    string // warn, refuse or allow
	EqualID     string // refuse or allow
	Code        int
	CodeAmex    int
	CardMask    string
	Mask        string // of a telephone
	HiddenWord  string // what stands for a password
	Logins      int
	LoginLock   time.Duration
	Session     time.Duration // how long a log-in lasts that is not used
	Newsletter  bool
	Enrolled    bool
}

// DefaultPolicy is the one of the fixtures.
func DefaultPolicy() (Policy, error) {
	var values map[string]any
	if err := fixtures.Policy(&values); err != nil {
		return Policy{}, err
	}
	var p Policy
	for _, c := range Choices {
		c.set(&p, values[c.Key])
	}
	return p, nil
}

// A Choice is one value of the policy, by its name on the wire, and the values besides
// the default that a walk tries, as a scenario writes them.
type Choice struct {
	Key    string
	Others []string
	set    func(p *Policy, v any)
}

// Choices are the values of the policy that the model knows.
var Choices = []Choice{
	{"passcode_digits", []string{"4", "8"}, number(func(p *Policy) *int { return &p.Digits })},
	{"passcode_lifetime", []string{"3分", "5分"}, span(func(p *Policy) *time.Duration { return &p.Lifetime })},
	{"passcode_attempts", []string{"1", "2", "3", "7"}, number(func(p *Policy) *int { return &p.Attempts })},
	{"passcode_reissues", []string{"0", "1", "2", "6"}, number(func(p *Policy) *int { return &p.Reissues })},
	{"passcode_reissue_interval", []string{"10秒", "1分30秒"}, span(func(p *Policy) *time.Duration { return &p.Interval })},
	{"registration_idle", []string{"5分", "12分", "1時間"}, span(func(p *Policy) *time.Duration { return &p.Idle })},
	{"call_window", []string{"5分", "10分"}, span(func(p *Policy) *time.Duration { return &p.CallWindow })},
	{"free_dial_number", []string{"0120-000222"}, word(func(p *Policy) *string { return &p.FreeDial })},
	{"pin_digits", nil, number(func(p *Policy) *int { return &p.PINDigits })},
	{"pin_attempts", []string{"1", "2", "5"}, number(func(p *Policy) *int { return &p.PINAttempts })},
	{"net_answer_id_min", []string{"6"}, number(func(p *Policy) *int { return &p.IDMin })},
	{"net_answer_id_max", []string{"12"}, number(func(p *Policy) *int { return &p.IDMax })},
	{"password_min", []string{"10"}, number(func(p *Policy) *int { return &p.PasswordMin })},
	{"password_max", []string{"12"}, number(func(p *Policy) *int { return &p.PasswordMax })},
	{"credential_symbols", nil, word(func(p *Policy) *string { return &p.Symbols })},
	{"personal_data_in_credentials", []string{"refuse"}, word(func(p *Policy) *string { return &p.Personal })},
	{"id_equal_password", []string{"allow"}, word(func(p *Policy) *string { return &p.EqualID })},
	{"security_code_digits", nil, number(func(p *Policy) *int { return &p.Code })},
	{"security_code_digits_amex", nil, number(func(p *Policy) *int { return &p.CodeAmex })},
	{"card_mask", nil, word(func(p *Policy) *string { return &p.CardMask })},
	{"destination_mask", []string{"***-****-0000", "*****00"}, word(func(p *Policy) *string { return &p.Mask })},
	{"password_mask", []string{"********"}, word(func(p *Policy) *string { return &p.HiddenWord })},
	{"login_attempts", []string{"1", "2", "3"}, number(func(p *Policy) *int { return &p.Logins })},
	{"login_lock", []string{"10分", "1時間"}, span(func(p *Policy) *time.Duration { return &p.LoginLock })},
	{"session_lifetime", []string{"10分", "1時間"}, span(func(p *Policy) *time.Duration { return &p.Session })},
	{"newsletter_default", []string{"false"}, flag(func(p *Policy) *bool { return &p.Newsletter })},
	{"three_d_secure_enrolment", []string{"false"}, flag(func(p *Policy) *bool { return &p.Enrolled })},
}

func number(at func(*Policy) *int) func(*Policy, any) {
	return func(p *Policy, v any) {
		switch n := v.(type) {
		case uint64:
			*at(p) = int(n)
		case int:
			*at(p) = n
		case string:
			*at(p), _ = strconv.Atoi(n) // the values of Choices are numbers
		}
	}
}

func span(at func(*Policy) *time.Duration) func(*Policy, any) {
	return func(p *Policy, v any) { *at(p), _ = time.ParseDuration(spoken.Replace(v.(string))) }
}

// spoken turns 1分30秒 into what the standard library reads.
var spoken = strings.NewReplacer("時間", "h", "分", "m", "秒", "s")

func word(at func(*Policy) *string) func(*Policy, any) {
	return func(p *Policy, v any) { *at(p), _ = v.(string) }
}

func flag(at func(*Policy) *bool) func(*Policy, any) {
	return func(p *Policy, v any) {
		switch b := v.(type) {
		case bool:
			*at(p) = b
		case string:
			*at(p) = b == "true"
		}
	}
}

func choice(name string) (Choice, bool) {
	for _, c := range Choices {
		if c.Key == name {
			return c, true
		}
	}
	return Choice{}, false
}

// Spoken writes a length of time as a scenario does: 9分59秒.
func Spoken(d time.Duration) string {
	var out strings.Builder
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "日"}, {time.Hour, "時間"}, {time.Minute, "分"}, {time.Second, "秒"}} {
		if n := d / unit.d; n > 0 {
			out.WriteString(strconv.Itoa(int(n)) + unit.name)
			d -= n * unit.d
		}
	}
	return out.String()
}
