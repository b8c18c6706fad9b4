package imap

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"

	"example.com/netanswer/mocks/mailbox"
)

// known are the marks that mail programs agree on.
var known = []imap.Flag{imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagSeen, imap.FlagDraft}

func flagsOf(b mailbox.Box, id string) []imap.Flag {
	marks, _ := b.Flags.Get(id)
	flags := make([]imap.Flag, len(marks))
	for i, m := range marks {
		flags[i] = imap.Flag(m)
	}
	return flags
}

func has(flags []imap.Flag, want imap.Flag) bool {
	return slices.ContainsFunc(flags, func(f imap.Flag) bool { return strings.EqualFold(string(f), string(want)) })
}

// each hands over what a set of numbers names, with its number.
func (s *session) each(set imap.NumSet, do func(number uint32, m mailbox.Mail) error) error {
	set = s.fixed(set)
	for i, m := range s.mails {
		number, in := uint32(i+1), false
		switch set := set.(type) {
		case imap.SeqSet:
			in = set.Contains(number)
		case imap.UIDSet:
			in = set.Contains(s.uid(m))
		}
		if in {
			if err := do(number, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// fixed writes the last message for * in a set.
func (s *session) fixed(set imap.NumSet) imap.NumSet {
	last := func(from, to uint32, most uint32) (uint32, uint32) {
		if from != 0 && to != 0 {
			return from, to
		}
		if from == 0 {
			from = most
		}
		if to == 0 {
			to = most
		}
		return min(from, to), max(from, to)
	}
	switch set := set.(type) {
	case imap.SeqSet:
		out := slices.Clone(set)
		for i, r := range out {
			out[i].Start, out[i].Stop = last(r.Start, r.Stop, uint32(len(s.mails)))
		}
		return out
	case imap.UIDSet:
		var most imap.UID
		for _, m := range s.mails {
			most = max(most, s.uid(m))
		}
		out := slices.Clone(set)
		for i, r := range out {
			from, to := last(uint32(r.Start), uint32(r.Stop), uint32(most))
			out[i] = imap.UIDRange{Start: imap.UID(from), Stop: imap.UID(to)}
		}
		return out
	}
	return set
}

// mostSections is how many sections of each mail one FETCH may ask for: each of them
// reads the mail anew.
const mostSections = 100

var errSections = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeLimit, Text: "Too many sections at once"}

// Fetch implements imapserver.Session.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	if len(options.BodySection)+len(options.BinarySection)+len(options.BinarySectionSize) > mostSections {
		return errSections
	}
	if seen := slices.ContainsFunc(options.BodySection, func(b *imap.FetchItemBodySection) bool { return !b.Peek }); seen && !s.readOnly {
		if _, err := s.mark(set, imap.StoreFlagsAdd, []imap.Flag{imap.FlagSeen}, nil); err != nil {
			return err
		}
		options.Flags = true // they changed by it
	}
	asks, _ := s.front.asks()
	return s.each(set, func(number uint32, m mailbox.Mail) error {
		if s.mods[m.ID] <= asks.since {
			return nil
		}
		s.front.tells(number, s.mods[m.ID], options.Flags)
		return s.write(w.CreateMessage(number), m, s.flags[m.ID], options)
	})
}

func (s *session) write(w *imapserver.FetchResponseWriter, m mailbox.Mail, flags []imap.Flag, options *imap.FetchOptions) error {
	w.WriteUID(s.uid(m))
	if options.Flags {
		w.WriteFlags(flags)
	}
	if options.InternalDate {
		w.WriteInternalDate(m.DeliveredAt)
	}
	if options.RFC822Size {
		w.WriteRFC822Size(int64(len(m.Raw)))
	}
	raw := ""
	if options.Envelope || options.BodyStructure != nil ||
		len(options.BodySection)+len(options.BinarySection)+len(options.BinarySectionSize) > 0 {
		raw = m.Mended()
	}
	if options.Envelope {
		w.WriteEnvelope(envelope(m, raw))
	}
	if options.BodyStructure != nil {
		w.WriteBodyStructure(filled(imapserver.ExtractBodyStructure(strings.NewReader(raw))))
	}
	for _, section := range options.BodySection {
		data := body(m, raw, section)
		if err := put(w.WriteBodySection(section, int64(len(data))), data); err != nil {
			return err
		}
	}
	for _, section := range options.BinarySection {
		data := imapserver.ExtractBinarySection(strings.NewReader(raw), section)
		if err := put(w.WriteBinarySection(section, int64(len(data))), data); err != nil {
			return err
		}
	}
	for _, section := range options.BinarySectionSize {
		w.WriteBinarySectionSize(section, imapserver.ExtractBinarySectionSize(strings.NewReader(raw), section))
	}
	return w.Close()
}

// filled gives a multipart that has no parts one without text: the grammar of RFC 3501
// wants one, and the library fails without.
func filled(b imap.BodyStructure) imap.BodyStructure {
	switch b := b.(type) {
	case *imap.BodyStructureSinglePart:
		if b.MessageRFC822 != nil {
			b.MessageRFC822.BodyStructure = filled(b.MessageRFC822.BodyStructure)
		}
	case *imap.BodyStructureMultiPart:
		for i := range b.Children {
			b.Children[i] = filled(b.Children[i])
		}
		if len(b.Children) == 0 {
			b.Children = []imap.BodyStructure{&imap.BodyStructureSinglePart{Type: "text", Subtype: "plain", Encoding: "7bit",
				Text: &imap.BodyStructureText{}, Extended: &imap.BodyStructureSinglePartExt{}}}
		}
	}
	return b
}

// envelope is that of a mail, with what the library does not read.
func envelope(m mailbox.Mail, raw string) *imap.Envelope {
	e := &imap.Envelope{}
	if header, err := textproto.ReadHeader(bufio.NewReader(strings.NewReader(raw))); err == nil {
		e = imapserver.ExtractEnvelope(header)
	}
	e.Subject = m.Subject
	if e.Date.IsZero() {
		for _, h := range m.Headers() {
			if at, ok := mailbox.Date(h.Value); ok && strings.EqualFold(h.Name, "Date") {
				e.Date = at
			}
		}
	}
	if len(e.From) == 0 {
		name, address, _ := strings.Cut(strings.TrimSuffix(m.From, ">"), "<")
		if address == "" {
			name, address = "", name
		}
		if local, domain, ok := strings.Cut(address, "@"); ok {
			e.From = []imap.Address{{Name: strings.TrimSpace(name), Mailbox: local, Host: domain}}
		}
	}
	return e
}

func put(w io.WriteCloser, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Close()
}

// maxMarks bounds the marks of a mail.
const maxMarks = 64

var errMarks = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeLimit, Text: "Too many keywords"}

// mark changes the marks of mails, in the world and in what the program knows, but of
// those that have changed since a mod-sequence, which it returns.
func (s *session) mark(set imap.NumSet, op imap.StoreFlagsOp, flags []imap.Flag, since *int64) (changed map[string]bool, err error) {
	var mails []mailbox.Mail
	_ = s.each(set, func(_ uint32, m mailbox.Mail) error { // this one does not fail
		mails = append(mails, m)
		return nil
	})
	var after mailbox.Box
	if err := s.boxes.Change(func(b *mailbox.Box) error {
		changed = map[string]bool{}
		for _, m := range mails {
			if since != nil && b.ModSeq(m) > *since {
				changed[m.ID] = true
				continue
			}
			marks := merge(flagsOf(*b, m.ID), op, flags)
			if len(marks) > maxMarks {
				return errMarks
			}
			texts := make([]string, len(marks))
			for i, f := range marks {
				texts[i] = string(f)
			}
			b.Mark(m.ID, texts)
		}
		after = *b
		return nil
	}); err != nil {
		return nil, err
	}
	for _, m := range mails {
		if !changed[m.ID] {
			s.learn(after, m)
		}
	}
	return changed, nil
}

func merge(before []imap.Flag, op imap.StoreFlagsOp, flags []imap.Flag) []imap.Flag {
	if op == imap.StoreFlagsSet {
		before = nil
	}
	after := slices.Clone(before)
	for _, f := range flags {
		after = slices.DeleteFunc(after, func(have imap.Flag) bool { return strings.EqualFold(string(have), string(f)) })
		if op != imap.StoreFlagsDel {
			after = append(after, f)
		}
	}
	slices.Sort(after)
	return after
}

// Store implements imapserver.Session.
func (s *session) Store(w *imapserver.FetchWriter, set imap.NumSet, flags *imap.StoreFlags, _ *imap.StoreOptions) error {
	if s.readOnly {
		return cannot("The mailbox is selected to be read only")
	}
	asks, byUID := s.front.asks()
	changed, err := s.mark(set, flags.Op, flags.Flags, asks.unchanged)
	if err != nil {
		return err
	}
	if len(changed) > 0 {
		s.front.modified(s.numbers(changed, byUID))
	}
	if flags.Silent && !s.front.knows() {
		return nil
	}
	return s.each(set, func(number uint32, m mailbox.Mail) error {
		if changed[m.ID] {
			return nil
		}
		s.front.tells(number, s.mods[m.ID], true)
		return s.write(w.CreateMessage(number), m, s.flags[m.ID], &imap.FetchOptions{Flags: !flags.Silent})
	})
}

// numbers are those of mails.
func (s *session) numbers(wanted map[string]bool, byUID bool) imap.NumSet {
	var seqs imap.SeqSet
	var uids imap.UIDSet
	for i, m := range s.mails {
		if wanted[m.ID] {
			seqs.AddNum(uint32(i + 1))
			uids.AddNum(s.uid(m))
		}
	}
	if byUID {
		return uids
	}
	return seqs
}

// Expunge implements imapserver.Session.
func (s *session) Expunge(w *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	if s.readOnly {
		return nil // as CLOSE wants it
	}
	gone := map[string]bool{}
	for _, m := range s.mails {
		if has(s.flags[m.ID], imap.FlagDeleted) && (uids == nil || s.fixed(*uids).(imap.UIDSet).Contains(s.uid(m))) {
			gone[m.ID] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return s.remove(gone, w.WriteExpunge)
}

// remove takes mails out of the mailboxes and tells their numbers.
func (s *session) remove(gone map[string]bool, tell func(number uint32) error) error {
	if err := s.boxes.Change(func(b *mailbox.Box) error {
		b.Remove(func(m mailbox.Mail) bool { return gone[m.ID] })
		return nil
	}); err != nil {
		return err
	}
	for i := len(s.mails) - 1; i >= 0; i-- {
		if m := s.mails[i]; gone[m.ID] {
			s.mails = slices.Delete(slices.Clone(s.mails), i, i+1)
			delete(s.flags, m.ID)
			delete(s.mods, m.ID)
			if err := tell(uint32(i + 1)); err != nil {
				return err
			}
		}
	}
	return nil
}

// What mailboxes here do not do.

// Create implements imapserver.Session.
func (s *session) Create(string, *imap.CreateOptions) error {
	return cannot("Mailboxes are made by the mail they get")
}

// Delete implements imapserver.Session.
func (s *session) Delete(string) error { return cannot("Mailboxes stay") }

// Rename implements imapserver.Session.
func (s *session) Rename(string, string, *imap.RenameOptions) error {
	return cannot("Mailboxes are called after their addresses")
}

// Subscribe implements imapserver.Session: every mailbox is.
func (s *session) Subscribe(string) error { return nil }

// Unsubscribe implements imapserver.Session.
func (s *session) Unsubscribe(string) error { return cannot("Every mailbox is subscribed to") }
