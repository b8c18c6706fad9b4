package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/table"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A row is one thing that a world holds, as JSON. A value of nil says that there
// is no such thing any more.
type row struct {
	part, key string
	value     []byte
	gone      bool // it need not be kept that there is none
}

// A part is a table or list of a world, each of whose entries has a row. What is
// in no part, new fields of a State included, is in the row headPart.
type part interface {
	name() string
	// mark makes the part remember what is changed in it.
	mark(s *world.State)
	// move takes the part over from another state of the world.
	move(to, from *world.State)
	// differing appends the rows by which two states of the part differ.
	differing(rows []row, before, after *world.State) ([]row, error)
	// apply changes the part as rows say.
	apply(s *world.State, rows []row) error
}

// headPart and policyPart are the parts of one row each, whose key is "".
const headPart, policyPart = "head", "policy"

// parts are all parts of a world. The names are in databases: none is used again
// for something else.
var parts = []part{
	tableOf("texts", func(s *world.State) *table.Table[string] { return &s.Texts }),
	tablePart[issuer.Card]{"cards", func(s *world.State) *table.Table[issuer.Card] { return &s.Issuer.Cards }, encodeCard},
	tableOf("enrolled", func(s *world.State) *table.Table[time.Time] { return &s.Issuer.Enrolled }),
	tableOf("wrong_pins", func(s *world.State) *table.Table[int] { return &s.Issuer.WrongPINs }),
	tableOf("refused", func(s *world.State) *table.Table[[]string] { return &s.Mailbox.Refused }),
	tableOf("flags", func(s *world.State) *table.Table[[]string] { return &s.Mailbox.Flags }),
	tableOf("answering", func(s *world.State) *table.Table[bool] { return &s.Mailbox.Answering }),
	tableOf("uids", func(s *world.State) *table.Table[int] { return &s.Mailbox.UIDs }),
	tableOf("mods", func(s *world.State) *table.Table[int64] { return &s.Mailbox.Mods }),
	tableOf("calls", func(s *world.State) *table.Table[ivr.Call] { return &s.Telephone.Calls }),
	tableOf("accounts", func(s *world.State) *table.Table[account.Account] { return &s.Accounts.Accounts }),
	tableOf("account_cards", func(s *world.State) *table.Table[string] { return &s.Accounts.Cards }),
	tableOf("sessions", func(s *world.State) *table.Table[account.Session] { return &s.Accounts.Sessions }),
	tableOf("registrations", func(s *world.State) *table.Table[registration.Registration] { return &s.Registrations }),
	tableOf("journeys", func(s *world.State) *table.Table[string] { return &s.Journeys }),
	tableOf("reserved", func(s *world.State) *table.Table[string] { return &s.Reserved }),
	tableOf("starts", func(s *world.State) *table.Table[string] { return &s.Starts }),
	tableOf("answered", func(s *world.State) *table.Table[[]world.Answered] { return &s.Answered }),
	tableOf("phones", func(s *world.State) *table.Table[world.Phone] { return &s.Phones }),
	tableOf("changes", func(s *world.State) *table.Table[world.Change] { return &s.Changes }),
	tableOf("claims", func(s *world.State) *table.Table[bool] { return &s.Claims }),
	tableOf("verifications", func(s *world.State) *table.Table[sms.Verification] { return &s.SMS.Verifications }),
	listPart[sms.Message]{called: "sms", of: func(s *world.State) *[]sms.Message { return &s.SMS.Messages },
		key: func(m *sms.Message) string { return ordered(m.ID) }, same: func(a, b *sms.Message) bool { return *a == *b },
		decode: decodeSMS},
	listPart[sms.Report]{called: "reports", of: func(s *world.State) *[]sms.Report { return &s.SMS.Reports },
		key: reportKey, same: equal[sms.Report]},
	listPart[mailbox.Mail]{called: "mails", of: func(s *world.State) *[]mailbox.Mail { return &s.Mailbox.Mails },
		key: func(m *mailbox.Mail) string { return ordered(m.ID) }, same: sameMail, encode: encodeMail, decode: decodeMail},
	listPart[world.Event]{called: "events", of: func(s *world.State) *[]world.Event { return &s.Timeline.Events },
		key: func(e *world.Event) string { return fmt.Sprintf("%012d", e.Serial) }, same: func(a, b *world.Event) bool { return *a == *b }},
}

// ordered writes an id like sms-12 so that the order of the text is that of the
// numbers.
func ordered(id string) string {
	_, serial, _ := strings.Cut(id, "-")
	return strings.Repeat("0", max(0, 12-len(serial))) + serial
}

// reportKey puts that a message was sent before what became of it.
func reportKey(r *sms.Report) string {
	if r.Status == sms.Sent {
		return ordered(r.ID)
	}
	return ordered(r.ID) + " " + string(r.Status)
}

func equal[V any](a, b *V) bool { return reflect.DeepEqual(a, b) }

func sameMail(a, b *mailbox.Mail) bool {
	return a.ID == b.ID && a.To == b.To && a.AcceptedAt.Equal(b.AcceptedAt) && a.DeliveredAt.Equal(b.DeliveredAt) && a.Raw == b.Raw &&
		equal(&a.Passcode, &b.Passcode)
}

// encodeCard leaves out the password that the fixtures name for a card: of an
// account, its digest is kept.
func encodeCard(c issuer.Card) ([]byte, error) {
	if c.Account != nil {
		public := *c.Account
		public.Password = ""
		c.Account = &public
	}
	return json.Marshal(c)
}

func decodeSMS(data []byte, m *sms.Message) error {
	m.Unread()
	return json.Unmarshal(data, m)
}

func encodeMail(m *mailbox.Mail) ([]byte, error) { return json.Marshal(m.Keep()) }

func decodeMail(data []byte, m *mailbox.Mail) error {
	var k mailbox.Kept
	err := json.Unmarshal(data, &k)
	if err == nil {
		*m, err = k.Mail()
	}
	return err
}

// marked returns a state that remembers what is changed in its tables.
func marked(s world.State) world.State {
	for _, p := range parts {
		p.mark(&s)
	}
	return s
}

// differing returns the rows by which two states of a world differ.
func differing(before, after *world.State) (rows []row, err error) {
	head, err := headOf(*after)
	if err != nil {
		return nil, err
	}
	rows = []row{head}
	if before.Policy != after.Policy {
		policy, err := json.Marshal(after.Policy)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{part: policyPart, value: policy})
	}
	for _, p := range parts {
		if rows, err = p.differing(rows, before, after); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name(), err)
		}
	}
	return rows, nil
}

// headOf is the row of what is in no part.
func headOf(s world.State) (row, error) {
	var empty world.State
	for _, p := range parts {
		p.move(&s, &empty)
	}
	s.Policy = empty.Policy
	value, err := json.Marshal(s)
	return row{part: headPart, value: value}, err
}

// applied returns a state as rows change it.
func applied(before world.State, rows []row) (world.State, error) {
	s := before
	by := map[string][]row{}
	for _, r := range rows {
		by[r.part] = append(by[r.part], r)
	}
	if head := by[headPart]; len(head) > 0 {
		s = world.State{}
		if err := json.Unmarshal(head[0].value, &s); err != nil {
			return before, fmt.Errorf("%s: %w", headPart, err)
		}
		s.Policy = before.Policy
		for _, p := range parts {
			p.move(&s, &before)
		}
	}
	if policy := by[policyPart]; len(policy) > 0 {
		if err := json.Unmarshal(policy[0].value, &s.Policy); err != nil {
			return before, fmt.Errorf("%s: %w", policyPart, err)
		}
	}
	delete(by, headPart)
	delete(by, policyPart)
	for _, p := range parts {
		if err := p.apply(&s, by[p.name()]); err != nil {
			return before, fmt.Errorf("%s: %w", p.name(), err)
		}
		delete(by, p.name())
	}
	for unknown := range by {
		return before, fmt.Errorf("rows of a part %q, which this program does not know", unknown)
	}
	return s, nil
}

// tablePart is a table.
type tablePart[V any] struct {
	called string
	of     func(*world.State) *table.Table[V]
	encode func(V) ([]byte, error) // nil: as JSON
}

func tableOf[V any](called string, of func(*world.State) *table.Table[V]) part {
	return tablePart[V]{called, of, nil}
}

func (p tablePart[V]) name() string               { return p.called }
func (p tablePart[V]) mark(s *world.State)        { t := p.of(s); *t = table.Mark(*t) }
func (p tablePart[V]) move(to, from *world.State) { *p.of(to) = *p.of(from) }

func (p tablePart[V]) differing(rows []row, before, after *world.State) ([]row, error) {
	was, is := p.of(before), p.of(after)
	for key := range table.Differing(*was, *is, func(a, b V) bool { return equal(&a, &b) }) {
		r := row{part: p.called, key: key}
		if value, ok := is.Get(key); ok {
			var err error
			if r.value, err = p.encoded(value); err != nil {
				return nil, err
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (p tablePart[V]) encoded(value V) ([]byte, error) {
	if p.encode != nil {
		return p.encode(value)
	}
	return json.Marshal(value)
}

func (p tablePart[V]) apply(s *world.State, rows []row) error {
	t := p.of(s)
	for _, r := range rows {
		if r.value == nil {
			t.Delete(r.key)
			continue
		}
		var value V
		if err := json.Unmarshal(r.value, &value); err != nil {
			return fmt.Errorf("%s: %w", r.key, err)
		}
		t.Put(r.key, value)
	}
	return nil
}

// listPart is a list that grows at its end, in the order of its entries' keys.
// Some entry in it changes rarely, and then the list is another one.
type listPart[E any] struct {
	called string
	of     func(*world.State) *[]E
	key    func(*E) string
	same   func(a, b *E) bool
	encode func(*E) ([]byte, error) // nil: as JSON
	decode func([]byte, *E) error
}

func (p listPart[E]) name() string               { return p.called }
func (p listPart[E]) mark(*world.State)          {}
func (p listPart[E]) move(to, from *world.State) { *p.of(to) = *p.of(from) }

func (p listPart[E]) differing(rows []row, before, after *world.State) ([]row, error) {
	was, is := *p.of(before), *p.of(after)
	n := p.shared(was, is)
	was, is = was[n:], is[n:]
	old := make(map[string]*E, len(was))
	for i := range was {
		old[p.key(&was[i])] = &was[i]
	}
	for i := range is {
		r := row{part: p.called, key: p.key(&is[i])}
		if there := old[r.key]; there != nil {
			delete(old, r.key)
			if p.same(there, &is[i]) {
				continue
			}
		}
		var err error
		if r.value, err = p.encoded(&is[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", r.key, err)
		}
		rows = append(rows, r)
	}
	for key := range old {
		rows = append(rows, row{part: p.called, key: key})
	}
	return rows, nil
}

// shared is how many entries two lists have in common at their beginning. Those
// in the same place of memory are not looked at.
func (p listPart[E]) shared(a, b []E) int {
	n := min(len(a), len(b))
	if n == 0 || &a[0] == &b[0] {
		return n
	}
	for i := range n {
		if p.key(&a[i]) != p.key(&b[i]) || !p.same(&a[i], &b[i]) {
			return i
		}
	}
	return n
}

func (p listPart[E]) encoded(e *E) ([]byte, error) {
	if p.encode != nil {
		return p.encode(e)
	}
	return json.Marshal(e)
}

func (p listPart[E]) apply(s *world.State, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	list := p.of(s)
	last := ""
	if n := len(*list); n > 0 {
		last = p.key(&(*list)[n-1])
	}
	if rows[0].key <= last { // rarely: something in the list changes
		return p.merge(list, rows)
	}
	for _, r := range rows {
		if err := p.add(list, r); err != nil {
			return err
		}
	}
	return nil
}

// add appends the entry of a row, if there is one.
func (p listPart[E]) add(list *[]E, r row) error {
	if r.value == nil {
		return nil
	}
	var e E
	var err error
	if p.decode != nil {
		err = p.decode(r.value, &e)
	} else {
		err = json.Unmarshal(r.value, &e)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.key, err)
	}
	*list = append(*list, e)
	return nil
}

// merge puts rows among the entries of a list, which stays as it is for those who
// hold it.
func (p listPart[E]) merge(list *[]E, rows []row) error {
	var merged []E
	for i := range *list {
		e := &(*list)[i]
		key := p.key(e)
		for len(rows) > 0 && rows[0].key < key {
			if err := p.add(&merged, rows[0]); err != nil {
				return err
			}
			rows = rows[1:]
		}
		if len(rows) > 0 && rows[0].key == key {
			if err := p.add(&merged, rows[0]); err != nil {
				return err
			}
			rows = rows[1:]
			continue
		}
		merged = append(merged, *e)
	}
	for _, r := range rows {
		if err := p.add(&merged, r); err != nil {
			return err
		}
	}
	*list = merged
	return nil
}
