package mailbox

import (
	"time"

	"example.com/netanswer/mocks/passcode"
)

// A Kept is what has to be kept of a mail to have it again: the raw text, and
// what became of it. All else is read from the text.
type Kept struct {
	ID          string             `json:"id"`
	To          string             `json:"to"`
	Raw         []byte             `json:"raw"`
	AcceptedAt  time.Time          `json:"accepted_at"`
	DeliveredAt time.Time          `json:"delivered_at"`
	Passcode    *passcode.Passcode `json:"passcode,omitempty"`
}

// Keep returns what has to be kept of a mail.
func (m Mail) Keep() Kept {
	return Kept{ID: m.ID, To: m.To, Raw: []byte(m.Raw), AcceptedAt: m.AcceptedAt, DeliveredAt: m.DeliveredAt, Passcode: m.Passcode}
}

// Mail returns the mail that was kept. The error is ErrMessage.
func (k Kept) Mail() (Mail, error) {
	m, err := parse(k.Raw)
	if err != nil {
		return Mail{}, err
	}
	m.sign.write(fold(k.To)) // it is nobody else's yet
	m.ID, m.To, m.AcceptedAt, m.DeliveredAt, m.Passcode = k.ID, k.To, k.AcceptedAt, k.DeliveredAt, k.Passcode
	return m, nil
}
