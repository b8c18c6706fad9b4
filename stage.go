package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/member"
	"example.com/netanswer/steps/partner"
	"example.com/netanswer/steps/suite"
)

// stage is where the scenarios take place: each in a world of its own, whose
// clock stands still at the same moment.
type stage struct {
	controls *control.Client
	base     string // the member-facing origin
	cast     map[string]member.Person
	run      string // begins the names of this run's worlds
	setup    control.Setup
}

// scenarioLimit bounds one scenario by the machine's clock: a hang is a failure.
const scenarioLimit = time.Minute

// opening is what every scenario's clock shows at first.
var opening = time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))

// Begin implements suite.Stage.
func (s stage) Begin(ctx context.Context, sc suite.Scenario, d driver.Driver) (context.Context, error) {
	name := worldName(s.run, d.Name(), sc.ID())
	if sc.Repetition > 0 {
		name += fmt.Sprintf("-%d", sc.Repetition)
	}
	if sc.OfProvider() {
		name = shortName(name)
	}
	if err := s.controls.Arrange(ctx, name, s.setup); err != nil {
		return ctx, fmt.Errorf("make world %s: %w", name, err)
	}
	scene := &member.Scene{Driver: d, World: driver.World{Name: name, Base: s.base, Device: sc.Device()}, Around: surroundings{s.controls},
		Cast: s.cast, App: sc.InApp()}
	return partner.Enter(member.Enter(ctx, scene), &partner.Backend{Controls: s.controls, Now: clock.Machine}), nil
}

// worldName is a name of its own for each scenario of a run and driver.
func worldName(run, driver, scenario string) string {
	sum := uint64(14695981039346656037) // FNV-1a
	for _, b := range []byte(scenario) {
		sum = (sum ^ uint64(b)) * 1099511628211
	}
	return fmt.Sprintf("%s-%s-%x", run, driver, sum)
}

// shortName is a name for a world, of the same length and as much its own, that
// fits into SMPP's system_id.
func shortName(name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	return "p" + strconv.FormatUint(h.Sum64(), 36)
}

// Evidence implements suite.Stage: what the screens show, and what the
// providers recorded.
func (s stage) Evidence(ctx context.Context) []driver.Evidence {
	scene, err := member.In(ctx)
	if err != nil {
		return nil
	}
	return append(scene.Evidence(ctx), received(ctx, s.controls, scene.World.Name)...)
}

// End implements suite.Stage. The world of a failed scenario stays to be looked at.
func (s stage) End(ctx context.Context, failed bool) error {
	scene, err := member.In(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(scene.Leave(), partner.Leave(ctx))
	if failed {
		return err
	}
	return errors.Join(err, s.controls.Delete(ctx, scene.World.Name))
}

// castOf is the cast of the fixtures.
func castOf(members []fixtures.Member) map[string]member.Person {
	cast := map[string]member.Person{}
	for _, m := range members {
		// An ID has nothing of the person's mail address in it (p29-3): three letters are too few to tell.
		p := member.Person{Called: m.Called, Phone: m.Phone, Email: m.Email, ID: m.ID[:min(3, len(m.ID))] + "-2026", Password: "Secret-2026"}
		for _, c := range m.Cards {
			month, year, _ := strings.Cut(c.Expiry, "/")
			p.Cards = append(p.Cards, member.Card{Number: c.Number, Month: month, Year: year, SecurityCode: c.SecurityCode, PIN: c.PIN})
			if c.Account != nil {
				p.ID, p.Password, p.HasAccount = c.Account.NetAnswerID, c.Account.Password, true
			}
		}
		cast[m.Called] = p
	}
	return cast
}

// surroundings tell package member what the control API tells.
type surroundings struct{ controls *control.Client }

// patience is how long something sent may take to arrive, by the machine's clock.
const patience = 5 * time.Second

func (s surroundings) SetClock(ctx context.Context, world string, t time.Time) error {
	_, err := s.controls.SetClock(ctx, world, t)
	return err
}

func (s surroundings) Advance(ctx context.Context, world string, d time.Duration) error {
	_, err := s.controls.Advance(ctx, world, d)
	return err
}

func (s surroundings) SetPolicy(ctx context.Context, world, name, value string) error {
	_, err := s.controls.SetPolicy(ctx, world, control.Policy{name: value})
	return err
}

func (s surroundings) Texts(ctx context.Context, world, phone string) ([]member.Message, error) {
	found, err := s.controls.SMS(ctx, world, phone)
	messages := make([]member.Message, len(found))
	for i, m := range found {
		messages[i] = textMessage(m)
	}
	return messages, err
}

func (s surroundings) Mails(ctx context.Context, world, address string) ([]member.Message, error) {
	found, err := s.controls.Mails(ctx, world, address)
	messages := make([]member.Message, len(found))
	for i, m := range found {
		messages[i] = mailMessage(m)
	}
	return messages, err
}

func (s surroundings) NextText(ctx context.Context, world, phone, after string) (member.Message, error) {
	m, err := s.controls.AwaitSMS(ctx, world, phone, after, patience)
	return textMessage(m), err
}

func (s surroundings) NextMail(ctx context.Context, world, address, after string) (member.Message, error) {
	m, err := s.controls.AwaitMail(ctx, world, address, after, patience)
	return mailMessage(m), err
}

func textMessage(m control.SMS) member.Message {
	out := member.Message{ID: m.ID, From: m.From, To: m.To, Body: m.Body}
	if m.Passcode != nil {
		out.Passcode = m.Passcode.Code
	}
	return out
}

func mailMessage(m control.Mail) member.Message {
	out := member.Message{ID: m.ID, From: m.From, To: m.To, Subject: m.Subject, Body: m.Text}
	if m.Passcode != nil {
		out.Passcode = m.Passcode.Code
	}
	return out
}

func (s surroundings) PlaceCall(ctx context.Context, world string, d member.Dial) (member.Call, error) {
	c, err := s.controls.PlaceCall(ctx, world, control.Dial{From: d.From, Withheld: d.Withheld, To: d.To, Listen: d.Listen})
	return member.Call{ID: c.ID, Outcome: c.Outcome, Guidance: c.Guidance}, err
}

func (s surroundings) HangUp(ctx context.Context, world, id string) (member.Call, error) {
	c, err := s.controls.HangUp(ctx, world, id)
	return member.Call{ID: c.ID, Outcome: c.Outcome, Guidance: c.Guidance}, err
}

func (s surroundings) PlanFault(ctx context.Context, world, provider string, f member.Fault) error {
	planned := control.Fault{Kind: f.Kind, Times: f.Times, Reason: f.Reason}
	if f.By != "" {
		by, err := member.ParseSpan(f.By)
		if err != nil {
			return err
		}
		planned.By = by.String()
	}
	return s.controls.PlanFaults(ctx, world, provider, planned)
}

func (s surroundings) RefuseMail(ctx context.Context, world, address string, domains []string) error {
	return s.controls.RefuseMail(ctx, world, address, domains...)
}

func (s surroundings) Enrolments(ctx context.Context, world, number string) (int, error) {
	found, err := s.controls.Enrolments(ctx, world)
	times := 0
	for _, e := range found {
		if e.Card == masked(number) {
			times++
		}
	}
	return times, err
}

// masked is a card as the records name it.
func masked(number string) string {
	return number[:4] + "-" + number[4:6] + "**-****-" + number[len(number)-3:]
}

func (s surroundings) Records(ctx context.Context, world string) (string, error) {
	timeline, err := s.controls.Timeline(ctx, world)
	if err != nil {
		return "", err
	}
	registrations, err := s.controls.Registrations(ctx, world)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal([]any{timeline, registrations})
	return string(text), err
}
