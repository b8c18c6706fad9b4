package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/sms/twilio"
	"example.com/netanswer/sandbox/world"
)

// Twilio is the handler of the REST API.
func (g *Gateway) Twilio() http.Handler {
	return twilio.New(
		twilio.Config{
			Gateway:  rest{g},
			Body:     g.Service.Bounds().Body,
			Hold:     g.Limits.Hold,
			CallBack: g.Service.Outbound().Check,
			Watch:    g.watch,
		},
	)
}

// watch writes a request into the timeline of its world: that of its account,
// else of its recipient, else the default one.
func (g *Gateway) watch(q twilio.Request) {
	name, err := g.providers.Route(g.ctx, q.Speaker, q.To)
	if err != nil {
		name = world.DefaultName
	}
	g.witness(name, "Twilio REST "+q.String())
}

// witness writes a request into the timeline of a world that exists.
func (g *Gateway) witness(name, what string) {
	if err := g.providers.Witness(g.ctx, name, what, ""); err != nil {
		g.Log.Error("a request is not in the timeline", "world", name, "error", err)
	}
}

// enter finds the world of a log-in and writes it into its timeline; a name that
// can be no world's, which is not repeated, into that of the default one.
func (g *Gateway) enter(user, how string) (name string, err error) {
	if name, err = g.providers.Route(g.ctx, user, ""); err != nil {
		g.witness(world.DefaultName, how+"を断りました（ワールドの名前にならない名前）")
		return name, err
	}
	return name, g.providers.Record(g.ctx, name, world.KindRequest, how+"を受け付けました", "")
}

// rest implements twilio.Gateway.
type rest struct{ *Gateway }

func (g rest) kept(name string, m sms.Message, snapshot world.Snapshot) twilio.Kept {
	return twilio.Kept{Message: m, SID: "SM" + g.number(name, m.ID), Now: snapshot.Now}
}

// speaker maps the error of a world that cannot be.
func speaker(err error) error {
	if errors.Is(err, world.ErrName) {
		return fmt.Errorf("%w: %w", twilio.ErrSpeaker, err)
	}
	return err
}

// Send implements twilio.Gateway.
func (g rest) Send(ctx context.Context, by string, d sms.Draft) (twilio.Kept, error) {
	name, err := g.providers.Route(ctx, by, d.To)
	if err != nil {
		return twilio.Kept{}, speaker(err)
	}
	m, err := g.providers.TakeSMS(ctx, name, d)
	if err != nil {
		return twilio.Kept{}, err
	}
	if d.Wish.By != "" {
		g.tell(name)
	}
	snapshot, err := g.providers.Snapshot(ctx, name)
	return g.kept(name, m, snapshot), err
}

// Now implements twilio.Gateway.
func (g rest) Now(ctx context.Context, by, to string) (time.Time, error) {
	name, err := g.providers.Route(ctx, by, to)
	if err != nil {
		return time.Time{}, speaker(err)
	}
	m, err := g.providers.Snapshot(ctx, name)
	return m.Now, err
}

// Cancel implements twilio.Gateway.
func (g rest) Cancel(ctx context.Context, by, account, sid string) (twilio.Kept, bool, error) {
	k, ok, err := g.Find(by, account, sid)
	if err != nil || !ok {
		return k, false, err
	}
	name, err := g.home(sid[2:])
	if err != nil {
		return k, true, err
	}
	if err := g.providers.ChangeSMS(ctx, name, func(b *sms.Box, now time.Time) (err error) {
		k.Message, err = b.Cancel(k.ID, now)
		return err
	}); err != nil {
		return k, true, err
	}
	if m, err := g.providers.Snapshot(ctx, name); err == nil {
		k.Now = m.Now
	}
	g.tell(name)
	return k, true, nil
}

// Find implements twilio.Gateway.
func (g rest) Find(by, account, sid string) (twilio.Kept, bool, error) {
	if len(sid) < 2 || sid[:2] != "SM" {
		return twilio.Kept{}, false, nil
	}
	m, snapshot, ok, err := g.message(by, sid[2:])
	if err != nil || !ok || by == "" && m.Account != account {
		return twilio.Kept{}, false, err
	}
	return twilio.Kept{Message: m, SID: sid, Now: snapshot.Now}, true, nil
}

// Verifying implements twilio.Gateway: a world verifies as its policy says.
func (g rest) Verifying(ctx context.Context, by, to string) (twilio.Verifying, error) {
	name, err := g.providers.Route(ctx, by, to)
	if err != nil {
		return twilio.Verifying{}, speaker(err)
	}
	m, err := g.providers.Snapshot(ctx, name)
	return g.verifying(name, m), err
}

func (g rest) verifying(name string, m world.Snapshot) twilio.Verifying {
	p := m.Policy
	return twilio.Verifying{World: name, Now: m.Now, Code: g.providers.Passcode(p.PasscodeDigits),
		Policy: sms.VerificationPolicy{Lifetime: p.PasscodeLifetime.Of(), Sends: 1 + p.PasscodeReissues, Checks: p.PasscodeAttempts},
		SID:    func(v sms.Verification) string { return "VE" + g.number(name, v.ID) }}
}

// Verify implements twilio.Gateway.
func (g rest) Verify(ctx context.Context, v twilio.Verifying, change func(*sms.Box, time.Time) error) error {
	return g.providers.ChangeSMS(ctx, v.World, change)
}

// Verification implements twilio.Gateway.
func (g rest) Verification(ctx context.Context, by, sid string) (v twilio.Verifying, found sms.Verification, ok bool, err error) {
	if len(sid) != 34 || sid[:2] != "VE" {
		return v, found, false, nil
	}
	name, err := g.home(sid[2:])
	if err != nil {
		return v, found, false, err
	}
	serial, err := strconv.ParseUint(sid[18:], 16, 64)
	if err != nil || name == "" || by != "" && by != name {
		return v, found, false, nil // a SID of nobody's
	}
	m, err := g.providers.Snapshot(ctx, name)
	if err != nil {
		return v, found, false, err
	}
	found, ok = m.SMS.FindVerification("sms-"+strconv.FormatUint(serial, 10), m.Now)
	return g.verifying(name, m), found, ok, nil
}

// Messages implements twilio.Gateway. An account that speaks for no world has
// what it sent, wherever that went; one that speaks for a world has all of it.
func (g rest) Messages(by, account string) ([]twilio.Kept, error) {
	names := []string{by}
	if by == "" {
		var err error
		if names, err = g.worlds(); err != nil {
			return nil, err
		}
	}
	var all []twilio.Kept
	for _, name := range names {
		snapshot, err := g.providers.Snapshot(g.ctx, name)
		if err != nil {
			return nil, speaker(err)
		}
		for _, m := range snapshot.SMS.Messages {
			if by != "" || m.Account == account {
				all = append(all, g.kept(name, m, snapshot))
			}
		}
	}
	return all, nil
}

// tell sees to it that the senders of a world's messages are told, by this
// sandbox or another one.
func (g *Gateway) tell(name string) {
	g.begin(name, func() error { return g.Index.Note(g.ctx, callBackKeys+name, name) })
}

// tellForOthers tells the senders of messages that other sandboxes have taken, who
// may have ended meanwhile. Who takes a report out of a world tells it, so that it
// is told once.
func (g *Gateway) tellForOthers() {
	for {
		more := g.Index.Noted()
		names, err := g.Index.Worlds(g.ctx, callBackKeys)
		if err != nil && g.ctx.Err() == nil {
			g.Log.Error("status call-backs of others wait", "error", err)
		}
		g.TellIn(names)
		select {
		case <-g.ctx.Done():
			return
		case <-more:
		}
	}
}

// TellIn tells the senders of messages in worlds of which this sandbox may not know yet.
func (g *Gateway) TellIn(names []string) {
	for _, name := range names {
		g.begin(name, func() error { return nil })
	}
}

// begin begins to tell the senders of a world, unless that goes on already.
func (g *Gateway) begin(name string, first func() error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.telling[name] || g.closed {
		return
	}
	g.telling[name] = true
	g.tasks.Go(func() {
		if err := first(); err != nil && g.ctx.Err() == nil {
			g.Log.Error("other sandboxes do not know whom to tell", "world", name, "error", err)
		}
		for g.ctx.Err() == nil && g.tellOnce(name) {
		}
	})
}

// tellOnce waits for something to tell and tells it; false where nothing is
// left.
func (g *Gateway) tellOnce(name string) bool {
	due, err := g.providers.ReportsDue(g.ctx, name, twilio.By, "", 100)
	if err != nil {
		return g.pause(g.ctx, name, err)
	}
	for _, r := range due {
		g.callBack(name, r)
	}
	if len(due) > 0 {
		return true
	}
	left, err := g.left(name)
	if err == nil && !left {
		err = g.Index.Drop(g.ctx, callBackKeys+name, name)
		if err == nil && g.finished(name) {
			return false
		}
		if err == nil {
			err = g.Index.Note(g.ctx, callBackKeys+name, name)
		}
	}
	if err == nil {
		_, err = g.providers.AwaitReports(g.ctx, name, twilio.By, "")
	}
	return err == nil || g.pause(g.ctx, name, err)
}

// pause waits a moment before something is tried again that the store did not let
// happen; false where ctx ended.
func (g *Gateway) pause(ctx context.Context, name string, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	g.Log.Warn("senders of a world are told later", "world", name, "error", err)
	again := time.NewTimer(time.Second)
	defer again.Stop()
	select {
	case <-again.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// left tells whether there is, or will be, something to tell.
func (g *Gateway) left(name string) (bool, error) {
	snapshot, err := g.providers.Snapshot(g.ctx, name)
	ready, next := snapshot.SMS.Ready(twilio.By, "", snapshot.Now)
	return ready || !next.IsZero(), err
}

// finished ends telling, unless there is something to tell again: it looks under
// the lock, so that a message in between starts it anew.
func (g *Gateway) finished(name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if left, err := g.left(name); left || err != nil {
		return false
	}
	delete(g.telling, name)
	return true
}

// callBack tells one sender. That it failed stands in the world's timeline: a
// real gateway does not tell anybody else.
func (g *Gateway) callBack(name string, r sms.Report) {
	snapshot, err := g.providers.Snapshot(g.ctx, name)
	if err == nil {
		m, ok := snapshot.SMS.Find(r.ID)
		if !ok { // forgotten meanwhile
			g.told(name, r, "")
			return
		}
		err = twilio.CallBack(g.ctx, g.client, rest{g}.kept(name, m, snapshot), r)
	}
	what := "SMSの状態 " + string(r.Status) + " を知らせました"
	if err != nil {
		what = "SMSの状態 " + string(r.Status) + " を知らせられませんでした: " + err.Error()
	}
	if g.ctx.Err() == nil || err == nil { // else another sandbox tells it
		g.told(name, r, what)
	}
}

// told notes that a sender is told, or cannot be.
func (g *Gateway) told(name string, r sms.Report, what string) {
	if err := g.providers.ReportsTold(g.ctx, name, []sms.Report{r}, what, r.ID); err != nil {
		g.Log.Error("a status call-back is not in the timeline", "world", name, "error", err)
	}
}
