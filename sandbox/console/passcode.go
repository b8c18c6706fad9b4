package console

import (
	"strings"
	"time"

	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/sandbox/registration"
)

// passcodeView is a one-time passcode as a message shows it.
type passcodeView struct {
	Code    string
	State   string // valid, expired, superseded, used, void
	Label   string
	Left    string // how long it is still good for; "" unless valid
	Expires string // for the script, RFC 3339; "" unless valid
}

var passcodeLabels = map[string]string{"valid": "有効", "expired": "期限切れ", "superseded": "再発行で無効", "used": "使用済み", "void": "無効"}

// passcode judges the passcode of a message to a recipient. Where the reference
// backend sent it, its registration knows best; the message of another backend
// is taken at its word.
func (b *builder) passcode(p *passcode.Passcode, to string) *passcodeView {
	if p == nil {
		return nil
	}
	state, expires := b.judge(*p, to)
	v := &passcodeView{Code: p.Code, State: state, Label: passcodeLabels[state]}
	if state == "valid" && !expires.IsZero() {
		v.Left, v.Expires = leftText(expires.Sub(b.m.Now)), expires.Format(time.RFC3339Nano)
		b.due(expires)
	}
	return v
}

func (b *builder) judge(p passcode.Passcode, to string) (state string, expires time.Time) {
	if p.Superseded {
		return "superseded", p.ExpiresAt
	}
	expires = p.ExpiresAt
	switch r := b.sender(p, to); {
	case r.State == registration.AwaitPasscode:
		expires = r.Passcode.ExpiresAt // to the second; a message words whole minutes
	case r.State == registration.Completed:
		return "used", expires
	case r.State == registration.Expired && r.Reason == registration.PasscodeTooOld:
		return "expired", expires
	case r.State != "" && r.State.Final():
		return "void", expires
	}
	if !expires.IsZero() && !b.m.Now.Before(expires) {
		return "expired", expires
	}
	return "valid", expires
}

// sender is the registration that had a passcode sent: the one that waits for
// it or, once none does, the recipient's newest that was there by then. It is
// zero where no registration of this world is behind a message.
func (b *builder) sender(p passcode.Passcode, to string) (found registration.Registration) {
	if b.recipients == nil {
		b.recipients = map[string][]registration.Registration{}
		for _, r := range b.m.Registrations.All() {
			if d := digits(r.Destination()); d != "" {
				b.recipients[d] = append(b.recipients[d], r.At(b.m.Policy, b.m.Now))
			}
		}
	}
	for _, r := range b.recipients[digits(to)] {
		if r.State == registration.AwaitPasscode {
			if r.Passcode.Code == p.Code {
				return r
			}
			continue
		}
		if !r.StartedAt.After(p.IssuedAt) && (found.ID == "" || r.StartedAt.After(found.StartedAt)) {
			found = r
		}
	}
	return found
}

// digits is a recipient without what telephone numbers are written apart with.
func digits(to string) string { return strings.ToLower(strings.ReplaceAll(to, "-", "")) }

// A part is a piece of a message; the passcode is one by itself.
type part struct {
	Text string
	Code bool
}

// split takes a text apart around the passcode in it.
func split(text string, p *passcode.Passcode) []part {
	if p == nil {
		return []part{{Text: text}}
	}
	before, after, found := strings.Cut(text, p.Code)
	if !found {
		return []part{{Text: text}}
	}
	return []part{{Text: before}, {Text: p.Code, Code: true}, {Text: after}}
}
