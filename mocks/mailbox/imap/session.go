package imap

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"example.com/netanswer/mocks/mailbox"
)

// A session is one connection. What it has selected it sees as it was when the
// program was last told of changes: numbers must not move under its feet.
type session struct {
	server Server
	boxes  Boxes
	limit  int64 // bytes of a mail that is put here
	front  *front

	selected bool
	address  string // of the selected mailbox, "" for INBOX
	readOnly bool
	mails    []mailbox.Mail
	box      mailbox.Box // as it was then
	words    map[string]mailbox.Word
	flags    map[string][]imap.Flag // what the program has been told
	mods     map[string]int64       // and the mod-sequences that belong to them
	told     View                   // that it knows all of
}

var _ imapserver.Session = (*session)(nil)

const inbox, delimiter = "INBOX", '/'

// Close implements imapserver.Session.
func (s *session) Close() error { return nil }

// Login implements imapserver.Session.
func (s *session) Login(user, _ string) error {
	boxes, err := s.server.Enter(user)
	switch {
	case errors.Is(err, ErrAway):
		return away(err)
	case err != nil:
		return imapserver.ErrAuthFailed
	}
	s.boxes = reached{boxes}
	return nil
}

// uid is the UID of a mail that is in a mailbox.
func (s *session) uid(m mailbox.Mail) imap.UID { return imap.UID(s.box.UID(m)) }

// open finds a mailbox by its name.
func (s *session) open(name string) (address string, v View, err error) {
	if !strings.EqualFold(name, inbox) {
		addresses, err := s.boxes.Addresses()
		if err != nil {
			return "", View{}, err
		}
		if address = mailbox.Address(name); !slices.Contains(addresses, address) {
			return "", View{}, errNoMailbox
		}
	}
	v, err = s.boxes.View(address)
	return address, v, err
}

// Select implements imapserver.Session.
func (s *session) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	address, v, err := s.open(name)
	if err != nil {
		return nil, err
	}
	s.selected, s.address, s.mails, s.box, s.flags = true, address, v.Mails, v.Box, map[string][]imap.Flag{}
	s.mods = map[string]int64{}
	s.front.selected(v.Box.HighestModSeq())
	s.told = v
	s.readOnly = options != nil && options.ReadOnly
	data := &imap.SelectData{
		Flags:          known,
		PermanentFlags: append(slices.Clone(known), imap.FlagWildcard),
		NumMessages:    uint32(len(v.Mails)),
		UIDNext:        imap.UID(v.Box.Serial + 1),
		UIDValidity:    v.Validity,
	}
	if s.readOnly {
		data.PermanentFlags = nil
	}
	for i, m := range v.Mails {
		s.learn(v.Box, m)
		if data.FirstUnseenSeqNum == 0 && !has(s.flags[m.ID], imap.FlagSeen) {
			data.FirstUnseenSeqNum = uint32(i + 1)
		}
	}
	return data, nil
}

// learn notes the marks of a mail that the program is told, and their mod-sequence.
func (s *session) learn(b mailbox.Box, m mailbox.Mail) {
	s.flags[m.ID], s.mods[m.ID] = flagsOf(b, m.ID), b.ModSeq(m)
}

// Unselect implements imapserver.Session.
func (s *session) Unselect() error {
	s.selected, s.mails, s.box, s.flags, s.mods = false, nil, mailbox.Box{}, nil, nil
	s.told = View{}
	return nil
}

// Status implements imapserver.Session.
func (s *session) Status(name string, options *imap.StatusOptions) (*imap.StatusData, error) {
	_, v, err := s.open(name)
	if err != nil {
		return nil, err
	}
	var all, unseen, deleted, recent uint32
	var size, stored int64
	for _, m := range v.Mails {
		flags := flagsOf(v.Box, m.ID)
		all, size = all+1, size+int64(len(m.Raw))
		if !has(flags, imap.FlagSeen) {
			unseen++
		}
		if has(flags, imap.FlagDeleted) {
			deleted, stored = deleted+1, stored+int64(len(m.Raw))
		}
	}
	s.front.counted(v.Box.HighestModSeq())
	data := &imap.StatusData{Mailbox: name}
	for _, want := range []struct {
		is   bool
		into **uint32
		n    *uint32
	}{{options.NumMessages, &data.NumMessages, &all}, {options.NumUnseen, &data.NumUnseen, &unseen},
		{options.NumDeleted, &data.NumDeleted, &deleted}, {options.NumRecent, &data.NumRecent, &recent}} {
		if want.is {
			*want.into = want.n
		}
	}
	if options.Size {
		data.Size = &size
	}
	if options.DeletedStorage {
		data.DeletedStorage = &stored
	}
	if options.AppendLimit {
		limit := s.AppendLimit()
		data.AppendLimit = &limit
	}
	if options.UIDNext {
		data.UIDNext = imap.UID(v.Box.Serial + 1)
	}
	if options.UIDValidity {
		data.UIDValidity = v.Validity
	}
	return data, nil
}

// Poll implements imapserver.Session.
func (s *session) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	if !s.selected {
		return nil
	}
	v, err := s.boxes.View(s.address)
	if err != nil {
		return err
	}
	return s.tell(w, v, allowExpunge)
}

// Idle implements imapserver.Session.
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-stop:
		case <-ctx.Done():
		}
		cancel()
	}()
	if !s.selected {
		<-ctx.Done()
		return nil
	}
	var failed error
	err := s.boxes.Await(ctx, s.address, func(v View) bool {
		failed = s.tell(w, v, true)
		return failed != nil
	})
	if failed != nil {
		return failed
	}
	return err
}

// tell writes what has changed since the program was last told.
func (s *session) tell(w *imapserver.UpdateWriter, v View, allowExpunge bool) error {
	if v.Same(s.told) {
		return nil
	}
	s.box = v.Box // numbers that were given stay
	there := make(map[string]bool, len(v.Mails))
	for _, m := range v.Mails {
		there[m.ID] = true
	}
	for i := len(s.mails) - 1; i >= 0 && allowExpunge; i-- {
		if m := s.mails[i]; !there[m.ID] {
			if err := w.WriteExpunge(uint32(i + 1)); err != nil {
				return err
			}
			delete(s.flags, m.ID)
			delete(s.mods, m.ID)
			s.mails = slices.Delete(slices.Clone(s.mails), i, i+1)
		}
	}
	for i, m := range s.mails {
		if flags := flagsOf(v.Box, m.ID); there[m.ID] && !slices.Equal(flags, s.flags[m.ID]) {
			s.learn(v.Box, m)
			s.front.tells(uint32(i+1), s.mods[m.ID], true)
			if err := w.WriteMessageFlags(uint32(i+1), s.uid(m), flags); err != nil {
				return err
			}
		}
	}
	before := len(s.mails)
	for _, m := range v.Mails {
		if _, known := s.flags[m.ID]; !known {
			s.mails = append(slices.Clip(s.mails), m)
			s.learn(v.Box, m)
		}
	}
	if len(s.mails) > before {
		if err := w.WriteNumMessages(uint32(len(s.mails))); err != nil {
			return err
		}
	}
	if len(s.mails) == len(v.Mails) { // else what is gone was not told
		s.told = v
	}
	return nil
}
