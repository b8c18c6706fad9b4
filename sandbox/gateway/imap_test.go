package gateway_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"
)

// appendTo puts a message into a mailbox.
func appendTo(c *imapclient.Client, name, raw string, o *imap.AppendOptions) (*imap.AppendData, error) {
	cmd := c.Append(name, int64(len(raw)), o)
	if _, err := cmd.Write([]byte(raw)); err != nil {
		return nil, err
	}
	if err := cmd.Close(); err != nil {
		return nil, err
	}
	return cmd.Wait()
}

func TestAMailIsPutIntoAMailboxCopiedAndMoved(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	c := reads(t, listen(t, imapOf(g)), "mine")
	day := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	const raw = "From: a@example.jp\r\nTo: Hanako <hanako@example.jp>\r\nSubject: kept\r\n\r\ncode: 482913\r\n"
	put, err := appendTo(c, "INBOX", raw, &imap.AppendOptions{Time: day, Flags: []imap.Flag{imap.FlagSeen, "$mine"}})
	if err != nil || put.UID == 0 || put.UIDValidity == 0 {
		t.Fatalf("%+v %v", put, err)
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil || len(m.Mailbox.Mails) != 1 {
		t.Fatal(m.Mailbox.Mails, err)
	}
	if got := m.Mailbox.Mails[0]; got.To != "hanako@example.jp" || got.Raw != raw || !got.DeliveredAt.Equal(day) || got.Passcode == nil {
		t.Errorf("%+v", got)
	}
	if err := c.Noop().Wait(); err != nil {
		t.Fatal(err)
	}
	copied, err := c.Copy(imap.SeqSetNum(1), "jiro@example.jp").Wait()
	if err != nil || len(copied.DestUIDs) == 0 {
		t.Fatalf("%+v %v", copied, err)
	}
	moved, err := c.Move(imap.UIDSetNum(put.UID), "taro@example.jp").Wait()
	if err != nil || len(moved.DestUIDs.(imap.UIDSet)) == 0 {
		t.Fatalf("%+v %v", moved, err)
	}
	m, err = s.Snapshot(t.Context(), "mine")
	var to []string
	for _, mail := range m.Mailbox.Mails {
		to = append(to, mail.To)
		if flags, _ := m.Mailbox.Flags.Get(mail.ID); !slices.Equal(flags, []string{"$mine", `\Seen`}) {
			t.Errorf("%s has the marks %q", mail.To, flags)
		}
	}
	if diff := cmp.Diff([]string{"jiro@example.jp", "taro@example.jp"}, to); diff != "" || err != nil {
		t.Errorf("whose mails there are (-want +got):\n%s %v", diff, err)
	}
	for name, refused := range map[string]error{
		"a mailbox of no address": second(appendTo(c, "Drafts", raw, nil)),
		"a mail to nobody":        second(appendTo(c, "INBOX", "Subject: x\r\n\r\nx", nil)),
		"a copy into all mail":    second(c.Copy(imap.SeqSetNum(1), "INBOX").Wait()),
		"a pattern too long":      second(c.List("", strings.Repeat("*a", 200), nil).Collect()),
	} {
		if refused == nil {
			t.Errorf("%s is not refused", name)
		}
	}
}

func second[A any](_ A, err error) error { return err }

func TestWhatMailProgramsAskOfAMailbox(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	if _, err := s.Providers().TakeMail(t.Context(), "mine", "hanako@example.jp", []byte("Subject: one\r\nno field\r\nDate: Tue, 24 Nov 2026 10:00 +0900\r\n\r\ntext\r\n")); err != nil {
		t.Fatal(err)
	}
	c := reads(t, listen(t, imapOf(g)), "mine")
	for _, want := range []imap.Cap{imap.CapNamespace, imap.CapMove, imap.CapStatusSize, imap.CapListExtended,
		imap.CapListStatus, imap.CapUIDPlus, imap.CapAppendLimit} {
		if want == imap.CapAppendLimit {
			if limit, ok := c.Caps().AppendLimit(); !ok || limit == nil {
				t.Error("no limit of APPEND")
			}
		} else if !c.Caps().Has(want) {
			t.Errorf("it does not say %s", want)
		}
	}
	if ns, err := c.Namespace().Wait(); err != nil || len(ns.Personal) != 1 || ns.Personal[0].Delim != '/' {
		t.Errorf("%+v %v", ns, err)
	}
	status, err := c.Status("hanako@example.jp", &imap.StatusOptions{NumMessages: true, Size: true, AppendLimit: true}).Wait()
	if err != nil || status.Size == nil || *status.Size == 0 || status.AppendLimit == nil {
		t.Errorf("%+v %v", status, err)
	}
	list, err := c.List("", "*", &imap.ListOptions{ReturnSubscribed: true, ReturnStatus: &imap.StatusOptions{NumMessages: true}}).Collect()
	if err != nil || len(list) != 2 || list[1].Status == nil || !slices.Contains(list[0].Attrs, imap.MailboxAttrSubscribed) {
		t.Errorf("%+v %v", list, err)
	}
	mails, err := c.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{Envelope: true,
		BodyStructure: &imap.FetchItemBodyStructure{}, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).
		Collect()
	if err != nil || len(mails) != 1 {
		t.Fatal(mails, err)
	}
	at := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	if e := mails[0].Envelope; e.Subject != "one" || !e.Date.Equal(at) ||
		!strings.Contains(string(mails[0].BodySection[0].Bytes), "no field") {
		t.Errorf("a mail with a bad line: %+v", e)
	}
	for name, tt := range map[string]struct {
		by   imap.SearchCriteria
		want int
	}{
		"sent on the day":        {imap.SearchCriteria{SentSince: day(24), SentBefore: day(25)}, 1},
		"sent on the day before": {imap.SearchCriteria{SentSince: day(23), SentBefore: day(24)}, 0},
	} {
		found, err := c.Search(&tt.by, nil).Wait()
		if err != nil || len(found.AllSeqNums()) != tt.want {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
}

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

// TestADayOfAMailboxIsTheWorldsDay is about a mail of 00:30 in Japan, which is
// the day before in UTC.
func TestADayOfAMailboxIsTheWorldsDay(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	c := reads(t, listen(t, imapOf(g)), "mine")
	if _, err := appendTo(c, "a@example.jp", "Subject: x\r\n\r\nx", &imap.AppendOptions{Time: time.Date(2026, 11, 19, 15, 30, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	if err := c.Noop().Wait(); err != nil {
		t.Fatal(err)
	}
	for since, want := range map[int]int{20: 1, 21: 0} {
		found, err := c.Search(&imap.SearchCriteria{Since: day(since)}, nil).Wait()
		if err != nil || len(found.AllSeqNums()) != want {
			t.Errorf("since %d: %+v %v", since, found, err)
		}
	}
	_ = s
}
