package world

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/table"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// contradiction is the first thing in a state that cannot be: of two that do not
// fit together, or beyond a bound. It names the place as a document has it.
func (s Control) contradiction(st *State) error {
	for _, look := range []func(*State) error{
		s.arranged, s.peopled, s.begun, registered, s.messages, numbered,
	} {
		if err := look(st); err != nil {
			return err
		}
	}
	return nil
}

// arranged looks at what a test arranges: clock, policy, texts, faults, defects.
func (s Control) arranged(st *State) error {
	machine := s.machine()
	if _, err := st.Clock.Set(st.Clock.At, machine); err != nil {
		return fmt.Errorf("head/clock: %w", err)
	}
	if err := st.Policy.Check(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	texts := map[string]string{}
	for id, text := range st.Texts.All() {
		texts[id] = text
	}
	scratch := *st
	if err := s.words.reword(&scratch, texts); err != nil {
		return fmt.Errorf("texts: %w", err)
	}
	for serial, made := range st.Changes.All() {
		if err := s.words.checked(st, made); err != nil {
			return fmt.Errorf("changes/%s: %w", serial, err)
		}
	}
	if err := s.infect(&scratch, st.Defects, machine); err != nil {
		return fmt.Errorf("head/defects: %w", err)
	}
	if len(st.MemberFaults) > MaxMemberFaults {
		return fmt.Errorf("head: more than %d faults", MaxMemberFaults)
	}
	for _, f := range st.MemberFaults {
		if err := f.check(); err != nil {
			return fmt.Errorf("head: faults of the pages and the member API: %w", err)
		}
	}
	return nil
}

// peopled looks at the members and every card.
func (s Control) peopled(st *State) error {
	for number, c := range st.Issuer.Cards.All() {
		m := fixtures.Member{ID: c.MemberID, Name: c.Name, Phone: c.Phone, Cards: []fixtures.Card{c.Card}}
		if number != c.Number {
			return fmt.Errorf("cards/%s: its number is another one", mask(number))
		}
		if err := m.Check(s.prefixes); err != nil {
			return fmt.Errorf("cards/%s: %w", mask(number), err)
		}
	}
	return firstOf(
		s.numbers("enrolled", st.Issuer.Enrolled.Keys()),
		s.numbers("wrong_pins", st.Issuer.WrongPINs.Keys()),
		s.numbers("journeys", st.Journeys.Keys()),
		s.numbers("account_cards", st.Accounts.Cards.Keys()),
	)
}

// numbers looks at numbers of cards: only test cards may be kept.
func (s Control) numbers(part string, all []string) error {
	for _, number := range all {
		if !s.testCard(number) {
			return fmt.Errorf("%s/%s: this is no test card", part, mask(number))
		}
	}
	return nil
}

func (s Control) testCard(number string) bool {
	return strings.Trim(number, "0123456789") == "" && slices.ContainsFunc(s.prefixes, func(p fixtures.TestPrefix) bool {
		return strings.HasPrefix(number, p.Digits) && len(number) == p.Length && luhn(number)
	})
}

// mask leaves the first six digits of a number.
func mask(number string) string {
	const shown = 6
	return number[:min(len(number), shown)] + "…"
}

// begun looks at the registrations and what names them.
func (s Control) begun(st *State) error {
	if n := st.Registrations.Len(); n > s.bounds.Journeys {
		return fmt.Errorf("registrations: %d, at most %d are held (-max-registrations)", n, s.bounds.Journeys)
	}
	for id, r := range st.Registrations.All() {
		switch {
		case id != r.ID:
			return fmt.Errorf("registrations/%s: its id is another one", id)
		case !reachable(r.Channel, r.State):
			return fmt.Errorf("registrations/%s: no registration of %q is ever in state %q", id, r.Channel, r.State)
		case r.Application.CardNumber != "" && !s.testCard(r.Application.CardNumber):
			return fmt.Errorf("registrations/%s: its card is no test card", id)
		}
	}
	for id, p := range st.Phones.All() {
		if id != p.ID || p.RegistrationID != "" && !st.Registrations.Has(p.RegistrationID) {
			return fmt.Errorf("phones/%s: its id is another one, or its registration does not exist", id)
		}
	}
	for id := range st.Answered.All() {
		if !st.Registrations.Has(id) {
			return fmt.Errorf("answered/%s: there is no such registration", id)
		}
	}
	return firstOf(st.named("journeys", st.Journeys), st.named("reserved", st.Reserved), st.named("starts", st.Starts))
}

// named looks at a table whose values are ids of registrations.
func (st *State) named(part string, t table.Table[string]) error {
	for key, id := range t.All() {
		if !st.Registrations.Has(id) {
			if part == "journeys" {
				key = mask(key)
			}
			return fmt.Errorf("%s/%s: there is no registration %q", part, key, id)
		}
	}
	return nil
}

// reachable tells whether a registration of a channel is ever in a state.
func reachable(c registration.Channel, state registration.State) bool {
	return slices.ContainsFunc(registration.Transitions(), func(t registration.Transition) bool {
		return t.Channel == c && (t.From == state || t.To == state)
	})
}

// registered looks at the accounts, and whether those who registered have one.
func registered(st *State) error {
	for id, a := range st.Accounts.Accounts.All() {
		if id != account.Fold(a.NetAnswerID) {
			return fmt.Errorf("accounts/%s: its ID is another one", id)
		}
		if of, _ := st.Accounts.Cards.Get(a.CardNumber); of != id {
			return fmt.Errorf("accounts/%s: account_cards says that its card is of another account", id)
		}
	}
	for number, id := range st.Accounts.Cards.All() {
		if !st.Accounts.Accounts.Has(id) {
			return fmt.Errorf("account_cards/%s: there is no account %q", mask(number), id)
		}
	}
	for id, r := range st.Registrations.All() { // an account is opened by the change that completes one, and stays
		if number := r.Application.CardNumber; r.State == registration.Completed && number != "" && !st.Accounts.Cards.Has(number) {
			return fmt.Errorf("registrations/%s: it is completed, and its card has no account", id)
		}
	}
	for digest, session := range st.Accounts.Sessions.All() {
		if !st.Accounts.Accounts.Has(account.Fold(session.NetAnswerID)) {
			return fmt.Errorf("sessions/%.8s…: there is no account %q", digest, session.NetAnswerID)
		}
	}
	return nil
}

// messages looks at how much there is of what a member receives.
func (s Control) messages(st *State) error {
	for part, n := range map[string]int{"sms": len(st.SMS.Messages), "mails": len(st.Mailbox.Mails), "calls": st.Telephone.Calls.Len()} {
		if n > s.bounds.Messages {
			return fmt.Errorf("%s: %d, at most %d are held (-max-messages)", part, n, s.bounds.Messages)
		}
	}
	if len(st.Timeline.Events) > maxEvents {
		return fmt.Errorf("events: %d, at most %d are held", len(st.Timeline.Events), maxEvents)
	}
	return s.bounds.within(st, 0, make([]int, len(s.holdings)), s.holdings)
}

// numbered looks at what is counted: no id may come again.
func numbered(st *State) error {
	for part, serial := range map[string]int{"sms": st.SMS.Serial, "mails": st.Mailbox.Serial, "calls": st.Telephone.Serial,
		"events": st.Timeline.Serial, "dropped events": st.Timeline.Dropped} {
		if serial < 0 || serial > maxSerial {
			return fmt.Errorf("head: %d %s were counted, want 0 to %d", serial, part, maxSerial)
		}
	}
	if n := st.Issuer.Generated; n < 0 || n > issuer.MaxGenerated {
		return fmt.Errorf("head/issuer: %d generated members, want 0 to %d", n, issuer.MaxGenerated)
	}
	for _, m := range st.SMS.Messages {
		if !Counted(m.ID, "sms-", st.SMS.Serial) {
			return fmt.Errorf("sms/%s: not among the %d that were counted", m.ID, st.SMS.Serial)
		}
	}
	for _, m := range st.Mailbox.Mails {
		if !Counted(m.ID, "mail-", st.Mailbox.Serial) {
			return fmt.Errorf("mails/%s: not among the %d that were counted", m.ID, st.Mailbox.Serial)
		}
	}
	for id, c := range st.Telephone.Calls.All() {
		if id != c.ID || !Counted(id, "call-", st.Telephone.Serial) {
			return fmt.Errorf("calls/%s: not among the %d that were counted", id, st.Telephone.Serial)
		}
	}
	before := 0
	for _, e := range st.Timeline.Events {
		if e.Serial < 1 || e.Serial > st.Timeline.Serial {
			return fmt.Errorf("events/%d: not among the %d that were counted", e.Serial, st.Timeline.Serial)
		}
		if e.Serial <= before {
			return fmt.Errorf("events/%d: comes after events/%d", e.Serial, before)
		}
		before = e.Serial
	}
	return nil
}

// maxSerial bounds what is counted, far below where numbers end: it goes on being
// counted.
const maxSerial = 1_000_000_000_000

// Counted tells whether an id is among so many that were given, "sms-1" and so on.
func Counted(id, prefix string, serial int) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(id, prefix))
	return strings.HasPrefix(id, prefix) && err == nil && n >= 1 && n <= serial
}

// firstOf is the first of some errors.
func firstOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
