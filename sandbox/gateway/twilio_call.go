package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/sms/twilio"
	"example.com/netanswer/sandbox/world"
)

// Call implements twilio.Gateway.
func (g rest) Call(ctx context.Context, by string, d twilio.CallDraft) (twilio.Call, error) {
	name, err := g.providers.Route(ctx, by, d.To)
	if err != nil {
		return twilio.Call{}, speaker(err)
	}
	select {
	case g.running <- struct{}{}:
	default:
		return twilio.Call{}, fmt.Errorf("%w: %d calls are being carried out", sms.ErrFull, g.Limits.Outgoing)
	}
	c, err := g.telephone.Dial(ctx, name, world.Outgoing{From: d.From, To: d.To, Account: d.Account, Rings: d.Rings,
		Webhook: twiml.Webhook{URL: d.URL}})
	if err != nil {
		<-g.running
		if errors.Is(err, ivr.ErrFull) {
			err = fmt.Errorf("%w: %w", sms.ErrFull, err)
		}
		return twilio.Call{}, err
	}
	k := callOf(g.callSID(name, c.ID), c)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		<-g.running
		return k, nil
	}
	g.tasks.Go(func() {
		defer func() { <-g.running }()
		g.execute(name, k.SID, c, d)
	})
	return k, nil
}

// execute carries out an outgoing call, and tells how it goes.
func (g rest) execute(name, sid string, c ivr.Call, d twilio.CallDraft) {
	q := world.Outgoing{Document: d.Document, ByGet: d.ByGet,
		Webhook: twiml.Webhook{URL: d.URL, Account: d.Account, AuthToken: d.Token, StatusCallback: d.StatusCallback}}
	told := 0
	tell := func(event, status string, at time.Time, lasted time.Duration) {
		if d.StatusCallback != "" && slices.Contains(d.Events, event) {
			p := twiml.Progress{Status: status, At: at, Sequence: told, Lasted: lasted, Get: d.ToldByGet}
			g.telephone.Progress(g.ctx, name, sid, c, q.Webhook, p)
			told++
		}
	}
	tell("initiated", "initiated", c.StartedAt, 0)
	if c.Outcome != ivr.Refused {
		tell("ringing", "ringing", c.StartedAt, 0)
	}
	if c.Outcome == ivr.Answered {
		tell("answered", "in-progress", c.AnsweredAt, 0)
		ended, err := g.telephone.Execute(g.ctx, name, sid, c, q)
		if err != nil {
			g.Log.Warn("an outgoing call did not end", "world", name, "error", err)
			return
		}
		c = ended
	}
	tell("completed", statusOf(c), c.EndedAt, lasted(c))
}

// FindCall implements twilio.Gateway.
func (g rest) FindCall(by, account, sid string) (twilio.Call, bool, error) {
	if len(sid) != 34 || sid[:2] != "CA" {
		return twilio.Call{}, false, nil
	}
	name, err := g.home(sid[2:])
	if err != nil || name == "" || by != "" && by != name {
		return twilio.Call{}, false, err
	}
	serial, err := strconv.ParseUint(sid[18:], 16, 64)
	if err != nil {
		return twilio.Call{}, false, nil // a SID of nobody's
	}
	m, err := g.providers.Snapshot(g.ctx, name)
	if err != nil {
		return twilio.Call{}, false, err
	}
	c, ok := m.Telephone.Calls.Get("call-" + strconv.FormatUint(serial, 10))
	if !ok || !c.Outgoing || by == "" && c.Account != account {
		return twilio.Call{}, false, nil
	}
	return callOf(sid, c), true, nil
}

// Calls implements twilio.Gateway. What an account sees of them is as with Messages.
func (g rest) Calls(by, account string) ([]twilio.Call, error) {
	names := []string{by}
	if by == "" {
		var err error
		if names, err = g.worlds(); err != nil {
			return nil, err
		}
	}
	var all []twilio.Call
	for _, name := range names {
		m, err := g.providers.Snapshot(g.ctx, name)
		if err != nil {
			return nil, speaker(err)
		}
		for _, c := range m.Telephone.List("", m.Now) {
			if c.Outgoing && (by != "" || c.Account == account) {
				all = append(all, callOf(g.callSID(name, c.ID), c))
			}
		}
	}
	return all, nil
}

func (g rest) callSID(name, id string) string { return "CA" + g.number(name, id) }

func callOf(sid string, c ivr.Call) twilio.Call {
	return twilio.Call{SID: sid, From: c.From, To: c.To, Status: statusOf(c), StartedAt: c.StartedAt, AnsweredAt: c.AnsweredAt,
		EndedAt: c.EndedAt}
}

// statusOf is the status of a call as Twilio tells it.
func statusOf(c ivr.Call) string {
	switch {
	case c.Outcome == ivr.Busy:
		return "busy"
	case c.Outcome == ivr.Unanswered:
		return "no-answer"
	case c.Outcome != ivr.Answered:
		return "failed"
	case c.EndedAt.IsZero():
		return "in-progress"
	}
	return "completed"
}

func lasted(c ivr.Call) time.Duration {
	if c.Outcome != ivr.Answered {
		return 0
	}
	return c.EndedAt.Sub(c.AnsweredAt)
}
