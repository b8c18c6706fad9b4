package imap

import (
	"errors"
	"io"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"example.com/netanswer/mocks/mailbox"
)

// A Letter is a message to be put into a mailbox as it is: it is not sent, so no
// plan of faults and no refusal concerns it.
type Letter struct {
	Raw   []byte
	At    time.Time // when it is said to have come; zero for now
	Flags []string
}

// AppendLimit implements imapserver.SessionAppendLimit.
func (s *session) AppendLimit() uint32 { return uint32(s.limit) }

// Append implements imapserver.Session. Into INBOX of all mail a message goes to
// the first recipient that it names.
func (s *session) Append(name string, r imap.LiteralReader, options *imap.AppendOptions) (*imap.AppendData, error) {
	raw, err := io.ReadAll(io.LimitReader(r, s.limit+1))
	if err != nil {
		return nil, err
	}
	to, err := s.destination(name, raw)
	if err != nil {
		return nil, err
	}
	if len(options.Flags) > maxMarks {
		return nil, errMarks
	}
	uids, validity, err := s.boxes.Put(to, []Letter{{Raw: raw, At: options.Time, Flags: marks(options.Flags)}})
	if err != nil {
		return nil, putError(err)
	}
	return &imap.AppendData{UID: imap.UID(uids[0]), UIDValidity: validity}, nil
}

func marks(flags []imap.Flag) []string {
	texts := make([]string, len(flags))
	for i, f := range flags {
		texts[i] = string(f)
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// destination is the address whose mailbox has a name.
func (s *session) destination(name string, raw []byte) (string, error) {
	if !strings.EqualFold(name, inbox) {
		if local, domain, ok := strings.Cut(name, "@"); !ok || local == "" || domain == "" ||
			s.boxes.Owner() != "" && mailbox.Address(name) != s.boxes.Owner() {
			return "", &imap.Error{
				Type: imap.StatusResponseTypeNo,
				Code: imap.ResponseCodeCannot,
				Text: "Mailboxes are called after mail addresses",
			}
		}
		return mailbox.Address(name), nil
	}
	if owner := s.boxes.Owner(); owner != "" {
		return owner, nil
	}
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err == nil {
		for _, field := range []string{"Delivered-To", "To", "Cc"} {
			if all, err := m.Header.AddressList(field); err == nil && len(all) > 0 {
				return mailbox.Address(all[0].Address), nil
			}
		}
	}
	return "", cannot("The message names no recipient: put it into the mailbox of an address")
}

func putError(err error) error {
	switch {
	case errors.Is(err, mailbox.ErrFull):
		return &imap.Error{
			Type: imap.StatusResponseTypeNo,
			Code: imap.ResponseCodeOverQuota,
			Text: "The mailboxes hold as many mails as they may",
		}
	case errors.Is(err, mailbox.ErrMessage), errors.Is(err, mailbox.ErrRecipient):
		return cannot("The message cannot be read")
	}
	return away(err)
}

// Copy implements imapserver.Session.
func (s *session) Copy(set imap.NumSet, name string) (*imap.CopyData, error) {
	data, _, err := s.copy(set, name)
	return data, err
}

// copy puts mails into another mailbox, and tells which they were.
func (s *session) copy(set imap.NumSet, name string) (*imap.CopyData, map[string]bool, error) {
	if strings.EqualFold(name, inbox) && s.boxes.Owner() == "" {
		return nil, nil, cannot("INBOX is all mail: it is there already")
	}
	to, err := s.destination(name, nil)
	if err != nil {
		return nil, nil, err
	}
	data, copied := &imap.CopyData{}, map[string]bool{}
	var all []Letter
	_ = s.each(set, func(_ uint32, m mailbox.Mail) error { // this one does not fail
		data.SourceUIDs.AddNum(s.uid(m))
		copied[m.ID] = true
		all = append(all, Letter{Raw: []byte(m.Raw), At: m.DeliveredAt, Flags: marks(s.flags[m.ID])})
		return nil
	})
	if len(all) == 0 {
		return nil, nil, nil
	}
	uids, validity, err := s.boxes.Put(to, all)
	if err != nil {
		return nil, nil, putError(err)
	}
	for _, uid := range uids {
		data.DestUIDs.AddNum(imap.UID(uid))
	}
	data.UIDValidity = validity
	return data, copied, nil
}

// Move implements imapserver.SessionMove.
func (s *session) Move(w *imapserver.MoveWriter, set imap.NumSet, name string) error {
	if s.readOnly {
		return cannot("The mailbox is selected to be read only")
	}
	data, moved, err := s.copy(set, name)
	if err != nil || data == nil {
		return err
	}
	if err := w.WriteCopyData(data); err != nil {
		return err
	}
	return s.remove(moved, w.WriteExpunge)
}

var _ imapserver.SessionIMAP4rev2 = (*session)(nil)
var _ imapserver.SessionAppendLimit = (*session)(nil)
