package world

import (
	"fmt"
	"time"

	"example.com/netanswer/mocks/fault"
)

// Bounds are how much a sandbox holds. Beyond them it refuses, in words.
type Bounds struct {
	Worlds    int           `json:"worlds" doc:"worlds that exist at once"`
	Idle      time.Duration `json:"idle" doc:"nanoseconds after which an unused world makes room, when there are as many as there may be"`
	Messages  int           `json:"messages" doc:"messages of each kind a world holds"`
	Snapshots int           `json:"snapshots" doc:"snapshots that are kept at once"`
	Bytes     int64         `json:"bytes" doc:"bytes that the messages of a world take; 0 for any number"`
	AllBytes  int64         `json:"all_bytes" doc:"bytes that the messages of all worlds take; 0 for any number"`
	Journeys  int           `json:"journeys" doc:"registrations a world holds, ended ones included"`
	Body      int64         `json:"body" doc:"bytes of a request's body"`
	Document  int64         `json:"document" doc:"bytes of a document of a world that is read; 0 for any number"`
}

// DefaultBounds suit a machine with a gigabyte to spare.
func DefaultBounds() Bounds {
	return Bounds{
		Worlds:    50_000,
		Snapshots: 1000,
		Idle:      time.Hour,
		Messages:  10_000,
		Bytes:     256 << 20,
		AllBytes:  768 << 20,
		Journeys:  100_000,
		Body:      64 << 10,
		Document:  64 << 20,
	}
}

// Bytes are those that the messages and calls of a world take, about. A mail to
// many is kept once and counts once.
func (st *State) Bytes() int64 { return st.Mailbox.Bytes + st.SMS.Bytes + st.Telephone.Bytes }

// roomForSession drops log-ins that nobody has used for too long, where there are
// as many as there may be.
func (st *State) roomForSession(now time.Time) {
	if st.Accounts.Sessions.Len() >= maxSessions {
		st.Accounts.DropUnused(now, st.Policy.SessionLifetime.Of())
	}
}

// A Holding is one thing that a world holds any number of, up to a bound.
type Holding struct {
	Name string // the path of the table or list in a world's document
	Most int
	held func(*State) int
}

// Holdings are everything that a world holds any number of, with its bound. What
// is bounded in bytes besides is told by Bounds.
func (b Bounds) Holdings() []Holding {
	return []Holding{
		{"sms.messages", b.Messages, func(st *State) int { return len(st.SMS.Messages) }},
		{"sms.reports", reportsOfMessage * b.Messages, func(st *State) int { return len(st.SMS.Reports) }},
		{"sms.lent", reportsOfMessage * b.Messages, func(st *State) int { return len(st.SMS.Lent) }},
		{"sms.verifications", b.Messages, func(st *State) int { return st.SMS.Verifications.Len() }},
		{"mailbox.mails", b.Messages, func(st *State) int { return len(st.Mailbox.Mails) }},
		{"mailbox.flags", b.Messages, func(st *State) int { return st.Mailbox.Flags.Len() }},
		{"mailbox.uids", b.Messages, func(st *State) int { return st.Mailbox.UIDs.Len() }},
		{"mailbox.mods", b.Messages, func(st *State) int { return st.Mailbox.Mods.Len() }},
		{"mailbox.refused", maxClaims, func(st *State) int { return st.Mailbox.Refused.Len() }},
		{"mailbox.answering", maxClaims, func(st *State) int { return st.Mailbox.Answering.Len() }},
		{"telephone.calls", b.Messages, func(st *State) int { return st.Telephone.Calls.Len() }},
		{"registrations", b.Journeys, func(st *State) int { return st.Registrations.Len() }},
		{"journeys", b.Journeys, func(st *State) int { return st.Journeys.Len() }},
		{"reserved", b.Journeys, func(st *State) int { return st.Reserved.Len() }},
		{"starts", b.Journeys, func(st *State) int { return st.Starts.Len() }},
		{"answered", b.Journeys, func(st *State) int { return st.Answered.Len() }},
		{"outbox", b.Journeys, func(st *State) int { return len(st.Outbox) }},
		{"phones", b.Journeys, func(st *State) int { return st.Phones.Len() }},
		{"accounts.accounts", b.Journeys + maxCards, func(st *State) int { return st.Accounts.Accounts.Len() }},
		{"accounts.cards", b.Journeys + maxCards, func(st *State) int { return st.Accounts.Cards.Len() }},
		{"accounts.sessions", maxSessions, func(st *State) int { return st.Accounts.Sessions.Len() }},
		{"issuer.cards", maxCards, func(st *State) int { return st.Issuer.Cards.Len() }},
		{"issuer.enrolled", b.Journeys + maxCards, func(st *State) int { return st.Issuer.Enrolled.Len() }},
		{"issuer.wrong_pins", b.Journeys + maxCards, func(st *State) int { return st.Issuer.WrongPINs.Len() }},
		{"texts", maxTexts, func(st *State) int { return st.Texts.Len() }},
		{"changes", keptChanges, func(st *State) int { return st.Changes.Len() }},
		{"claims", maxClaims, func(st *State) int { return st.Claims.Len() }},
		{"defects", maxDefects, func(st *State) int { return len(st.Defects) }},
		{"member_faults", MaxMemberFaults, func(st *State) int { return len(st.MemberFaults) }},
		{"sms.faults.faults", fault.MaxFaults, func(st *State) int { return len(st.SMS.Faults.Faults) }},
		{"mailbox.faults.faults", fault.MaxFaults, func(st *State) int { return len(st.Mailbox.Faults.Faults) }},
		{"telephone.faults.faults", fault.MaxFaults, func(st *State) int { return len(st.Telephone.Faults.Faults) }},
		{"issuer.faults.faults", fault.MaxFaults, func(st *State) int { return len(st.Issuer.Faults.Faults) }},
		{"timeline.events", maxEvents, func(st *State) int { return len(st.Timeline.Events) }},
	}
}

const (
	maxCards         = 100_000 // of members that tests add, besides generated ones
	maxSessions      = 100_000 // log-ins that were not ended; what nobody uses makes room
	reportsOfMessage = 4       // that a sender is told of one, at most: each status it has
	maxTexts         = 2000    // more than there are sentences
	maxDefects       = 1000    // more than there are defects
)

// held is how much of each holding a world has.
func held(st *State, all []Holding) []int {
	counts := make([]int, len(all))
	for i, h := range all {
		counts[i] = h.held(st)
	}
	return counts
}

// within returns an error if a world has grown beyond a bound: it had so many
// bytes, and so much of each holding.
func (b Bounds) within(st *State, bytes int64, before []int, all []Holding) error {
	if now := st.Bytes(); b.Bytes > 0 && now > bytes && now > b.Bytes {
		return fmt.Errorf("%w: the messages of a world take %d bytes at most (-max-bytes)", ErrWorlds, b.Bytes)
	}
	for i, h := range all {
		if now := h.held(st); now > before[i] && now > h.Most {
			return fmt.Errorf("%w: a world has %d of %s at most", ErrWorlds, h.Most, h.Name)
		}
	}
	return nil
}
