package actor

import (
	"context"
	"encoding/json"
	"time"

	"example.com/netanswer/client"
)

// Providers are the Surroundings that a sandbox's control API tells of.
type Providers struct{ Controls *client.Client }

var _ Surroundings = Providers{}

// ArrivalTimeout is how long something sent may take to arrive, by the machine's clock.
const ArrivalTimeout = 5 * time.Second

// SetClock implements Surroundings.
func (s Providers) SetClock(ctx context.Context, world string, t time.Time) error {
	_, err := s.Controls.SetClock(ctx, world, t)
	return err
}

// Advance implements Surroundings.
func (s Providers) Advance(ctx context.Context, world string, d time.Duration) error {
	_, err := s.Controls.Advance(ctx, world, d)
	return err
}

// SetPolicy implements Surroundings.
func (s Providers) SetPolicy(ctx context.Context, world, name, value string) error {
	_, err := s.Controls.SetPolicy(ctx, world, client.Policy{name: policyValue(value)})
	return err
}

// Texts implements Surroundings.
func (s Providers) Texts(ctx context.Context, world, phone string) ([]Message, error) {
	found, err := s.Controls.SMS(ctx, world, phone)
	messages := make([]Message, len(found))
	for i, m := range found {
		messages[i] = textMessage(m)
	}
	return messages, err
}

// Mails implements Surroundings.
func (s Providers) Mails(ctx context.Context, world, address string) ([]Message, error) {
	found, err := s.Controls.Mails(ctx, world, address)
	messages := make([]Message, len(found))
	for i, m := range found {
		messages[i] = mailMessage(m)
	}
	return messages, err
}

// NextText implements Surroundings.
func (s Providers) NextText(ctx context.Context, world, phone, after string) (Message, error) {
	m, err := s.Controls.AwaitSMS(ctx, world, phone, after, ArrivalTimeout)
	return textMessage(m), err
}

// NextMail implements Surroundings.
func (s Providers) NextMail(ctx context.Context, world, address, after string) (Message, error) {
	m, err := s.Controls.AwaitMail(ctx, world, address, after, ArrivalTimeout)
	return mailMessage(m), err
}

func textMessage(m client.SMS) Message {
	out := Message{ID: m.ID, From: m.From, To: m.To, Body: m.Body}
	if m.Passcode != nil {
		out.Passcode = m.Passcode.Code
	}
	return out
}

func mailMessage(m client.Mail) Message {
	out := Message{ID: m.ID, From: m.From, To: m.To, Subject: m.Subject, Body: m.Text}
	if m.Passcode != nil {
		out.Passcode = m.Passcode.Code
	}
	return out
}

// PlaceCall implements Surroundings.
func (s Providers) PlaceCall(ctx context.Context, world string, d Dial) (Call, error) {
	c, err := s.Controls.PlaceCall(ctx, world, client.Dial{From: d.From, Withheld: d.Withheld, To: d.To, Listen: d.Listen})
	return Call{ID: c.ID, Outcome: c.Outcome, Guidance: c.Guidance}, err
}

// HangUp implements Surroundings.
func (s Providers) HangUp(ctx context.Context, world, id string) (Call, error) {
	c, err := s.Controls.HangUp(ctx, world, id)
	return Call{ID: c.ID, Outcome: c.Outcome, Guidance: c.Guidance}, err
}

// PlanFault implements Surroundings.
func (s Providers) PlanFault(ctx context.Context, world, provider string, f Fault) error {
	planned := client.Fault{Kind: f.Kind, To: f.To, Times: f.Times, Reason: f.Reason}
	if f.By != "" {
		by, err := ParseSpan(f.By)
		if err != nil {
			return err
		}
		planned.By = by.String()
	}
	return s.Controls.PlanFaults(ctx, world, provider, planned)
}

// RefuseMail implements Surroundings.
func (s Providers) RefuseMail(ctx context.Context, world, address string, domains []string) error {
	return s.Controls.RefuseMail(ctx, world, address, domains...)
}

// Enrolments implements Surroundings.
func (s Providers) Enrolments(ctx context.Context, world, number string) (int, error) {
	found, err := s.Controls.Enrolments(ctx, world)
	times := 0
	for _, e := range found {
		if e.Card == Masked(number) {
			times++
		}
	}
	return times, err
}

// Masked is a card as the records name it.
func Masked(number string) string {
	return number[:4] + "-" + number[4:6] + "**-****-" + number[len(number)-3:]
}

// Records implements Surroundings.
func (s Providers) Records(ctx context.Context, world string) (string, error) {
	timeline, err := s.Controls.Timeline(ctx, world)
	if err != nil {
		return "", err
	}
	registrations, err := s.Controls.Registrations(ctx, world)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal([]any{timeline, registrations})
	return string(text), err
}
