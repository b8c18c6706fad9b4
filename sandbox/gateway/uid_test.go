package gateway_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
)

// holdsBriefly makes planned time-outs short.
func holdsBriefly(c *gateway.Config) { c.Limits.Hold = 10 * time.Millisecond }

// reads is a mail program that has selected INBOX.
func reads(t testing.TB, address, user string) *imapclient.Client {
	t.Helper()
	return readsTold(t, address, user, nil)
}

// readsTold is one that looks at what it is told unasked.
func readsTold(t testing.TB, address, user string, o *imapclient.Options) *imapclient.Client {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	c := imapclient.New(conn, o)
	t.Cleanup(func() { _ = c.Close() }) // nothing is left to say
	if err := c.Login(user, "any").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

// numbers are the mails with their UIDs, in the order of their numbers.
func numbers(t *testing.T, c *imapclient.Client) (all []string, last imap.UID) {
	t.Helper()
	if err := c.Noop().Wait(); err != nil { // what is new is told now
		t.Fatal(err)
	}
	mails, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Envelope: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.UID <= last {
			t.Errorf("UID %d comes after %d", m.UID, last)
		}
		last = m.UID
		all = append(all, fmt.Sprintf("%s=%d", m.Envelope.Subject, m.UID))
	}
	return all, last
}

func TestUIDsAscendInTheOrderInWhichMailsAreSeen(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	address := listen(t, imapOf(g))
	take := func(subject string) {
		t.Helper()
		if _, err := s.Providers().TakeMail(t.Context(), "mine", "hanako@example.jp", []byte("Subject: "+subject+"\r\n\r\nx\r\n")); err != nil {
			t.Fatal(err)
		}
	}
	plan(
		t,
		s,
		"mine",
		world.ProviderMail,
		fault.Fault{Kind: fault.Delay, By: 2 * time.Minute, Times: 1},
		fault.Fault{Kind: fault.Delay, By: time.Minute, Times: 1},
	)
	take("latest") // 1
	take("late")   // 2
	take("now")    // 3
	c := reads(t, address, "mine")
	if got, _ := numbers(t, c); !cmp.Equal(got, []string{"now=3"}) {
		t.Errorf("at first %v", got)
	}
	advance(t, s, "mine", time.Minute)
	if got, _ := numbers(t, c); !cmp.Equal(got, []string{"now=3", "late=4"}) {
		t.Errorf("after a minute %v", got)
	}
	take("between") // 5
	if got, _ := numbers(t, c); !cmp.Equal(got, []string{"now=3", "late=4", "between=5"}) {
		t.Errorf("and one more %v", got)
	}
	advance(t, s, "mine", time.Minute)
	want := []string{"now=3", "late=4", "between=5", "latest=6"}
	if got, _ := numbers(t, c); !cmp.Equal(got, want) {
		t.Errorf("after two minutes %v", got)
	}
	again := reads(t, address, "mine") // another program sees the same
	got, last := numbers(t, again)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("another program (-want +got):\n%s", diff)
	}
	status, err := again.Status("INBOX", &imap.StatusOptions{UIDNext: true}).Wait()
	if err != nil || status.UIDNext <= last {
		t.Errorf("UIDNEXT %+v after %d, %v", status, last, err)
	}
	found, err := again.UIDSearch(&imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Subject", Value: "latest"}}}, nil).
		Wait()
	if err != nil || !cmp.Equal(found.AllUIDs(), []imap.UID{6}) {
		t.Errorf("found %v %v", found.AllUIDs(), err)
	}
}

func TestAMailboxIsSeenAsItIs(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	address := listen(t, imapOf(g))
	if _, err := s.Providers().TakeMail(t.Context(), "mine", "hanako@example.jp", []byte("Subject: x\r\n\r\nx")); err != nil {
		t.Fatal(err)
	}
	marked := make(chan []imap.Flag, 10)
	c := readsTold(
		t,
		address,
		"mine",
		&imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Fetch: func(m *imapclient.FetchMessageData) {
			b, err := m.Collect()
			if err != nil {
				t.Error(err)
			}
			marked <- b.Flags
		}}},
	)
	sees := func(when string, want uint32) {
		t.Helper()
		if err := c.Noop().Wait(); err != nil {
			t.Fatal(err)
		}
		if n := c.Mailbox().NumMessages; n != want {
			t.Errorf("%s: %d mails, want %d", when, n, want)
		}
	}
	sees("at first", 1)
	sees("still", 1)
	advance(t, s, "mine", -time.Hour)
	sees("before it came", 0)
	sees("still before it came", 0)
	advance(t, s, "mine", time.Hour)
	sees("when it has come", 1)

	other := reads(t, address, "mine")
	if err := other.Store(imap.SeqSetNum(1), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagFlagged}},
		nil).Close(); err != nil {
		t.Fatal(err)
	}
	sees("marked by another", 1)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	select {
	case flags := <-marked:
		if diff := cmp.Diff([]imap.Flag{imap.FlagFlagged}, flags); diff != "" {
			t.Errorf("marks (-want +got):\n%s", diff)
		}
	case <-ctx.Done():
		t.Error("it is not told of the mark")
	}
}
