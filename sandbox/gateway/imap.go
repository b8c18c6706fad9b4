package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/mailbox/imap"
	"example.com/netanswer/sandbox/world"
)

// IMAP is the listener of the protocol. Close it before the gateway.
func (g *Gateway) IMAP(cert tls.Certificate) *imap.Listener {
	return imap.New(imap.Config{Server: reading{g}, TLS: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		Idle: g.Limits.Idle, Mail: g.Limits.Mail, Log: g.Log})
}

// reading implements imap.Server.
type reading struct{ *Gateway }

// Enter implements imap.Server. A mail address reads its own mail in the world
// that has claimed it.
func (g reading) Enter(user string) (imap.Boxes, error) {
	b := boxes{ctx: g.ctx, providers: g.providers, last: &looked{}, messages: g.Service.Bounds().Messages}
	speaker := user
	if strings.Contains(user, "@") {
		if speaker, b.only = "", world.Recipient(user); b.only == "" {
			return nil, world.ErrName
		}
	}
	var err error
	if b.only == "" {
		b.world, err = g.enter(speaker, "IMAPのログイン")
		return b, entered(err)
	}
	if b.world, err = g.providers.Route(g.ctx, "", b.only); err != nil {
		return nil, entered(err)
	}
	// From now on the world exists, so that the validity of its UIDs stays.
	return b, entered(g.providers.Record(g.ctx, b.world, world.KindRequest, "IMAPのログイン（"+b.only+"）を受け付けました", ""))
}

// entered tells a user that there cannot be from a world that is full or away.
func entered(err error) error {
	if err == nil || errors.Is(err, world.ErrName) {
		return err
	}
	return fmt.Errorf("%w: %w", imap.ErrAway, err)
}

// boxes implements imap.Boxes. only narrows INBOX to an address.
type boxes struct {
	ctx         context.Context // of the gateway
	providers   world.Providers
	world, only string
	last        *looked
	messages    int // that a world may hold
}

// Owner implements imap.Boxes.
func (b boxes) Owner() string { return b.only }

// Put implements imap.Boxes.
func (b boxes) Put(address string, all []imap.Letter) (uids []int, validity uint32, err error) {
	m, err := b.providers.Snapshot(b.ctx, b.world)
	if err != nil {
		return nil, 0, err
	}
	err = b.providers.ChangeMailbox(b.ctx, b.world, func(box *mailbox.Box) error {
		uids = nil
		for _, l := range all {
			mail, err := box.Append(address, l.Raw, l.At, m.Now, b.messages)
			if err != nil {
				return err
			}
			if len(l.Flags) > 0 {
				box.Flags.Put(mail.ID, l.Flags)
			}
			uids = append(uids, box.UID(mail))
		}
		return nil
	})
	return uids, validityOf(m), err
}

// validityOf is the validity of a world's UIDs.
func validityOf(m world.Snapshot) uint32 { return uint32(max(1, m.CreatedAt.Unix())) }

// looked is a view, which is as good as a new one until something changes.
type looked struct {
	address  string
	view     imap.View
	at, next time.Time // when it was looked, and when something comes
	comes    bool
}

func (l *looked) still(v imap.View, address string, now time.Time) bool {
	return l.view.Mails != nil && l.address == address && l.view.Validity == v.Validity && l.view.Box.Same(v.Box) &&
		!now.Before(l.at) && !(l.comes && !now.Before(l.next))
}

// Addresses implements imap.Boxes.
func (b boxes) Addresses() ([]string, error) {
	if b.only != "" {
		return nil, nil
	}
	m, err := b.providers.Snapshot(b.ctx, b.world)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, mail := range m.Mailbox.Mails {
		if !mail.DeliveredAt.After(m.Now) {
			seen[mailbox.Address(mail.To)] = true
		}
	}
	addresses := make([]string, 0, len(seen))
	for address := range seen {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	return addresses, nil
}

// View implements imap.Boxes.
func (b boxes) View(address string) (imap.View, error) {
	m, err := b.providers.Snapshot(b.ctx, b.world)
	if err != nil {
		return imap.View{}, err
	}
	return b.view(m, address)
}

func (b boxes) view(m world.Snapshot, address string) (imap.View, error) {
	if m.Mailbox.Unnumbered(m.Now) {
		var err error
		if m, err = b.providers.NumberMail(b.ctx, b.world); err != nil {
			return imap.View{}, err
		}
	}
	address = b.narrowed(address)
	v := imap.View{Box: m.Mailbox, Validity: validityOf(m)}
	if b.last.still(v, address, m.Now) {
		return b.last.view, nil
	}
	v.Mails = m.Mailbox.Numbered(address, m.Now)
	next, comes := m.Mailbox.Pending(address, m.Now)
	*b.last = looked{address, v, m.Now, next, comes}
	return v, nil
}

func (b boxes) narrowed(address string) string {
	if address == "" {
		return b.only
	}
	return address
}

// Await implements imap.Boxes.
func (b boxes) Await(ctx context.Context, address string, done func(imap.View) bool) error {
	var failed error
	_, err := b.providers.Await(ctx, b.world, func(m world.Snapshot) (bool, time.Time) {
		next, _ := m.Mailbox.Pending(b.narrowed(address), m.Now)
		v, err := b.view(m, address)
		failed = err
		return err != nil || done(v), next
	})
	return errors.Join(err, failed)
}

// Change implements imap.Boxes.
func (b boxes) Change(change func(*mailbox.Box) error) error {
	return b.providers.ChangeMailbox(b.ctx, b.world, change)
}
