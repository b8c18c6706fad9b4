package imap

import (
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"example.com/netanswer/mocks/mailbox"
)

// Search implements imapserver.Session.
func (s *session) Search(kind imapserver.NumKind, criteria *imap.SearchCriteria, options *imap.SearchOptions) (*imap.SearchData, error) {
	var seqs imap.SeqSet
	var uids imap.UIDSet
	data := &imap.SearchData{}
	asks, _ := s.front.asks()
	var first, last, highest int64 // mod-sequences of what is found, where they are sought
	s.fix(criteria)
	s.words = map[string]mailbox.Word{}
	for i := range s.mails {
		m, number := &s.mails[i], uint32(i+1)
		if !s.matches(number, m, criteria) {
			continue
		}
		if asks.sought {
			if last = s.mods[m.ID]; data.Count == 0 {
				first = last
			}
			highest = max(highest, last)
		}
		n := number
		if kind == imapserver.NumKindUID {
			uid := s.uid(*m)
			uids.AddNum(uid)
			n = uint32(uid)
		} else {
			seqs.AddNum(number)
		}
		if data.Count++; data.Min == 0 {
			data.Min = n
		}
		data.Max = n
	}
	if data.All = seqs; kind == imapserver.NumKindUID {
		data.All = uids
	}
	switch { // RFC 7162, 3.1.10: of what is told
	case options.ReturnAll || options.ReturnCount:
	case options.ReturnMin && options.ReturnMax:
		highest = max(first, last)
	case options.ReturnMin:
		highest = first
	case options.ReturnMax:
		highest = last
	}
	s.front.found(highest)
	return data, nil
}

// fix writes the last message for * in all sets of criteria.
func (s *session) fix(c *imap.SearchCriteria) {
	for i, set := range c.SeqNum {
		c.SeqNum[i] = s.fixed(set).(imap.SeqSet)
	}
	for i, set := range c.UID {
		c.UID[i] = s.fixed(set).(imap.UIDSet)
	}
	for i := range c.Not {
		s.fix(&c.Not[i])
	}
	for i := range c.Or {
		s.fix(&c.Or[i][0])
		s.fix(&c.Or[i][1])
	}
}

// matches tells whether a mail meets every one of the criteria.
func (s *session) matches(number uint32, m *mailbox.Mail, c *imap.SearchCriteria) bool {
	for _, set := range c.SeqNum {
		if !set.Contains(number) {
			return false
		}
	}
	for _, set := range c.UID {
		if !set.Contains(s.uid(*m)) {
			return false
		}
	}
	for _, f := range c.Flag {
		if since, sought := strings.CutPrefix(string(f), sinceKeyword); sought {
			if s.mods[m.ID] < integer(since) {
				return false
			}
			continue
		}
		if !has(s.flags[m.ID], f) {
			return false
		}
	}
	for _, f := range c.NotFlag {
		if has(s.flags[m.ID], f) {
			return false
		}
	}
	size := int64(len(m.Raw))
	if c.Larger != 0 && size <= c.Larger || c.Smaller != 0 && size >= c.Smaller || !between(m.DeliveredAt, c.Since, c.Before) {
		return false
	}
	if !sent(m, c) || !s.says(m, c) {
		return false
	}
	for i := range c.Not {
		if s.matches(number, m, &c.Not[i]) {
			return false
		}
	}
	for i := range c.Or {
		if !s.matches(number, m, &c.Or[i][0]) && !s.matches(number, m, &c.Or[i][1]) {
			return false
		}
	}
	return true
}

// between compares days, without their zones, as RFC 3501 wants.
func between(t, since, before time.Time) bool {
	if since.IsZero() && before.IsZero() {
		return true
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}

func sent(m *mailbox.Mail, c *imap.SearchCriteria) bool {
	if c.SentSince.IsZero() && c.SentBefore.IsZero() {
		return true
	}
	for _, h := range m.Headers() {
		if strings.EqualFold(h.Name, "Date") {
			t, ok := mailbox.Date(h.Value)
			return ok && between(t, c.SentSince, c.SentBefore)
		}
	}
	return false
}

// says tells whether the words of criteria stand in the mail, as its reader
// would find them.
func (s *session) says(m *mailbox.Mail, c *imap.SearchCriteria) bool {
	for _, want := range c.Body {
		if w := s.word(want); !w.MayBeIn(m) || !w.InBody(m) {
			return false
		}
	}
	for _, want := range c.Text {
		if !s.word(want).MayBeIn(m) {
			return false
		}
	}
	for _, want := range c.Header {
		if !s.word(want.Value).MayBeIn(m) {
			return false
		}
	}
	if len(c.Header) == 0 && len(c.Text) == 0 {
		return true
	}
	var headers []mailbox.Header // read where a word is nowhere else
	header := func(key, want string) bool {
		if headers == nil {
			headers = m.Headers()
		}
		for _, h := range headers {
			if (key == "" || strings.EqualFold(h.Name, key)) && s.word(want).In(h.Value) {
				return true
			}
		}
		return false
	}
	for _, h := range c.Header {
		if !header(h.Key, h.Value) {
			return false
		}
	}
	for _, want := range c.Text {
		if w := s.word(want); !w.InHead(m) && !w.InBody(m) && !header("", want) {
			return false
		}
	}
	return true
}

// word is a word of the search that is under way.
func (s *session) word(text string) mailbox.Word {
	w, ok := s.words[text]
	if !ok {
		w = mailbox.NewWord(text)
		s.words[text] = w
	}
	return w
}
