package integrator

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// condStore is how a mailbox is opened of which it is asked what changed (RFC 7162).
var condStore = &imap.SelectOptions{CondStore: true}

// Remembers keeps how far the mailboxes of the scene's world have been looked at.
func Remembers(ctx context.Context) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	return b.inbox(ctx, s.World.Name, condStore, func(_ *imapclient.Client, opened *imap.SelectData) error {
		if b.modseq = opened.HighestModSeq; b.modseq == 0 {
			return errors.New("HIGHESTMODSEQ was not told when a mailbox was opened")
		}
		return nil
	})
}

// MarksSeen marks the mails of a subject as read.
func MarksSeen(ctx context.Context, subject string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	return b.inbox(ctx, s.World.Name, condStore, func(c *imapclient.Client, _ *imap.SelectData) error {
		of := &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Subject", Value: subject}}}
		found, err := c.Search(of, nil).Wait()
		if err != nil {
			return fmt.Errorf("search: %w", err)
		}
		if len(found.AllSeqNums()) == 0 {
			return fmt.Errorf("there is no mail %q to mark", subject)
		}
		return c.Store(found.All, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
	})
}

// HaveChanged expects the mails that changed since Remembers, by their subjects.
func HaveChanged(ctx context.Context, subjects []string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	var got []string
	err = b.inbox(ctx, s.World.Name, condStore, func(c *imapclient.Client, opened *imap.SelectData) error {
		if opened.NumMessages == 0 {
			return nil
		}
		all := imap.SeqSet{{Start: 1, Stop: opened.NumMessages}}
		mails, err := c.Fetch(all, &imap.FetchOptions{Envelope: true, ModSeq: true, ChangedSince: b.modseq}).Collect()
		for _, m := range mails {
			if m.Envelope == nil || m.ModSeq <= b.modseq {
				return errors.Join(err,
					fmt.Errorf("message %d was told with mod-sequence %d, asked was for more than %d", m.SeqNum, m.ModSeq, b.modseq))
			}
			got = append(got, m.Envelope.Subject)
		}
		return err
	})
	if err != nil {
		return err
	}
	return equal("変わったメール", strings.Join(subjects, "」「"), strings.Join(got, "」「"))
}

// Enables asks the mail server to use an extension (RFC 5161), in a line of its own:
// the client enables only what it knows itself.
func Enables(ctx context.Context, extension string) (err error) {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	at, err := b.providers(ctx)
	if err != nil {
		return err
	}
	conn, err := (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", at.IMAP)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := conn.SetDeadline(b.deadline()); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "a LOGIN %s any\r\nb ENABLE %s\r\n", s.World.Name, extension); err != nil {
		return err
	}
	b.enabled = ""
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		if said, ok := strings.CutPrefix(lines.Text(), "* ENABLED"); ok {
			b.enabled = strings.TrimSpace(said)
		}
		if said, ok := strings.CutPrefix(lines.Text(), "b "); ok {
			if !strings.HasPrefix(said, "OK") {
				return fmt.Errorf("ENABLE %s: %s", extension, said)
			}
			return nil
		}
	}
	return errors.New("the mail server did not answer ENABLE")
}

// IsEnabled expects what the mail server said that it uses.
func IsEnabled(ctx context.Context, extension string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	return equal("使うと答えた機能", extension, b.enabled)
}
