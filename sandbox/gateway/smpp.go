package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/sms/smpp"
	"example.com/netanswer/sandbox/world"
)

// SMPP is the server of the protocol. Close it before the gateway.
func (g *Gateway) SMPP(cert tls.Certificate) *smpp.Server {
	return smpp.New(smpp.Config{Gateway: binds{g}, Machine: clock.Machine, Idle: g.Limits.Idle, Parts: g.Limits.Window,
		TLS: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, Log: g.Log})
}

// binds implements smpp.Gateway.
type binds struct{ *Gateway }

// Enter implements smpp.Gateway.
func (g binds) Enter(systemID, kind string) error {
	_, err := g.enter(systemID, "SMPPの "+kind+" ")
	return err
}

// Leave implements smpp.Gateway.
func (g binds) Leave(systemID string, t smpp.Traffic) {
	if name, err := g.providers.Route(g.ctx, systemID, ""); err == nil { // it came in by it
		g.witness(name, fmt.Sprintf("SMPPの接続が終わりました（submit_sm %d件、うち断ったもの %d件）", t.Submitted, t.Refused))
	}
}

// Submit implements smpp.Gateway. What goes to one world in a row is one change
// of it.
func (g binds) Submit(ctx context.Context, systemID string, drafts []sms.Draft) []smpp.Taken {
	taken := make([]smpp.Taken, 0, len(drafts))
	for len(drafts) > 0 {
		name, err := g.providers.Route(ctx, systemID, drafts[0].To)
		if err != nil {
			taken, drafts = append(taken, smpp.Taken{Err: err}), drafts[1:]
			continue
		}
		row := 1
		for row < len(drafts) {
			next, err := g.providers.Route(ctx, systemID, drafts[row].To)
			if err != nil || next != name {
				break
			}
			row++
		}
		messages, errs := g.providers.TakeManySMS(ctx, name, drafts[:row])
		for i, m := range messages {
			t := smpp.Taken{Err: errs[i]}
			if t.Err == nil {
				t.ID = g.number(name, m.ID)
				if drafts[i].Wish.By != "" {
					g.note(senderKeys(systemID)+name, name)
				}
			}
			taken = append(taken, t)
		}
		drafts = drafts[row:]
	}
	return taken
}

// Find implements smpp.Store.
func (g binds) Find(_ context.Context, systemID, id string) (sms.Message, time.Time, bool, error) {
	m, moment, _, ok, err := g.own(systemID, id)
	return m, moment.Now, ok, err
}

// own finds a message of a system_id.
func (g binds) own(systemID, id string) (m sms.Message, moment world.Snapshot, name string, ok bool, err error) {
	m, moment, ok, err = g.message("", id)
	return m, moment, moment.Name, ok && m.Account == systemID, err
}

// Cancel implements smpp.Store.
func (g binds) Cancel(ctx context.Context, systemID, id string, may func(sms.Message) bool) error {
	m, _, name, ok, err := g.own(systemID, id)
	if err != nil || !ok || !may(m) {
		return errors.Join(err, sms.ErrMessage)
	}
	return g.providers.ChangeSMS(ctx, name, func(b *sms.Box, now time.Time) error {
		_, err := b.Cancel(m.ID, now)
		return err
	})
}

// Replace implements smpp.Store.
func (g binds) Replace(ctx context.Context, systemID, id string, with func(sms.Message) (sms.Draft, error)) error {
	m, _, name, ok, err := g.own(systemID, id)
	if err != nil || !ok {
		return errors.Join(err, sms.ErrMessage)
	}
	d, err := with(m)
	if err != nil {
		return err
	}
	return g.providers.ChangeSMS(ctx, name, func(b *sms.Box, now time.Time) error {
		_, err := b.Replace(m.ID, d, now)
		return err
	})
}

// Receipts implements smpp.Gateway.
func (g binds) Receipts(ctx context.Context, systemID string, deliver func([]smpp.Receipt) []smpp.Receipt) {
	watched := map[string]bool{}
	watch := func(name string) {
		if watched[name] {
			return
		}
		watched[name] = true
		g.tasks.Go(func() {
			for ctx.Err() == nil && g.receiptsOf(ctx, name, systemID, deliver) {
			}
		})
	}
	for {
		more := g.Index.Noted()
		names, err := g.Index.Worlds(ctx, senderKeys(systemID))
		if err != nil && ctx.Err() == nil {
			g.Log.Error("worlds of a sender are not known for now", "system_id", systemID, "error", err)
		}
		for _, name := range names {
			watch(name)
		}
		select {
		case <-ctx.Done():
			return
		case <-more:
		}
	}
}

// receiptsOf waits for receipts of one world and delivers them; false where
// there will be no more, or nobody to take them.
func (g binds) receiptsOf(ctx context.Context, name, systemID string, deliver func([]smpp.Receipt) []smpp.Receipt) bool {
	there, err := g.providers.AwaitReports(ctx, name, smpp.By, systemID)
	if err == nil && !there {
		return false
	}
	var due []sms.Report
	if err == nil {
		due, err = g.providers.ReportsDue(ctx, name, smpp.By, systemID, 100)
	}
	if err != nil {
		return g.pause(ctx, name, err)
	}
	snapshot, err := g.providers.Snapshot(context.WithoutCancel(ctx), name) // what is due is taken out already
	if err != nil {
		return g.pause(ctx, name, errors.Join(err, g.providers.ReportAgain(ctx, name, due)))
	}
	var all []smpp.Receipt
	told := slices.Clone(due)
	reports := map[string]sms.Report{} // by the id of their message
	for _, r := range due {
		m, ok := snapshot.SMS.Find(r.ID)
		if !ok {
			continue // forgotten meanwhile
		}
		ids := r.Parts
		if len(ids) == 0 {
			ids = []string{g.number(name, m.ID)}
		}
		all = append(all, smpp.Receipt{Message: m, IDs: ids, Ref: r.Ref, Status: r.Status, At: r.At})
		reports[m.ID] = r
	}
	failed := deliver(all)
	var again []sms.Report
	for _, f := range failed {
		again = append(again, reports[f.ID])
		told = slices.DeleteFunc(told, func(r sms.Report) bool { return r.ID == f.ID })
	}
	what, ref := "", ""
	if n := len(all) - len(failed); n > 0 {
		what, ref = fmt.Sprintf("SMSの配信報告を%d件、SMPPで知らせました", n), all[0].ID
	}
	if len(told) > 0 {
		if err := g.providers.ReportsTold(ctx, name, told, what, ref); err != nil {
			return false
		}
	}
	if len(failed) == 0 {
		return true
	}
	if err := g.providers.ReportAgain(ctx, name, again); err != nil {
		g.Log.Error("delivery receipts are told later", "world", name, "error", err)
	}
	return false
}
