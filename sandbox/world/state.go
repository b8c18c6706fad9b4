// Package world is one isolated copy of everything a registration touches, and
// what can be done in it: its clock, policy and texts, the issuer, phones and
// mailboxes, registrations and accounts.
//
// A world is a document. Its State is plain data; reading it takes a Snapshot,
// and all change goes through one update, atomic for a world. A name that nobody
// has used is a fresh world, which costs nothing until it is changed. Where
// worlds are kept is a Store's, which is a port.
//
// What can be done is the methods of a Service, parted by who asks for it: Web
// and App are registrations, Members is what comes after, Control is what a test
// does, Telephone and Providers are what comes in from outside. A method of
// Control about faults stands in control_fault.go, and so on. They combine the
// rules of package registration with the ports to the providers; handlers call
// them and nothing else.
package world

import (
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/table"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// State is all that a world is. Copying it takes a snapshot: its tables are
// persistent and its lists only ever grow at their end.
type State struct {
	Name         string              `json:"name"`
	CreatedAt    time.Time           `json:"created_at"` // by the machine's clock
	Clock        clock.Clock         `json:"clock"`
	Policy       registration.Policy `json:"policy,omitzero"`
	Texts        table.Table[string] `json:"texts,omitzero"`          // sentences this world words differently
	Defects      []string            `json:"defects,omitempty"`       // names of what is broken on purpose
	MemberFaults []MemberFault       `json:"member_faults,omitempty"` // faults to come at the member-facing port

	Issuer    issuer.Book  `json:"issuer"`
	SMS       sms.Box      `json:"sms"`
	Mailbox   mailbox.Box  `json:"mailbox"`
	Telephone ivr.Box      `json:"telephone"`
	Accounts  account.Book `json:"accounts"`

	Voice twiml.Webhook `json:"voice,omitzero"` // decides what callers hear; none by default

	Registrations table.Table[registration.Registration] `json:"registrations,omitzero"` // by id
	Journeys      table.Table[string]                    `json:"journeys,omitzero"`      // id of the newest registration by card number
	Reserved      table.Table[string]                    `json:"reserved,omitzero"`      // id of the registration that holds a folded Net Answer ID
	Starts        table.Table[string]                    `json:"starts,omitzero"`        // id of the registration that an idempotency key began
	Answered      table.Table[[]Answered]                `json:"answered,omitzero"`      // what commands with an idempotency key came to, by registration
	Phones        table.Table[Phone]                     `json:"phones,omitzero"`        // emulated smartphones by id

	Outbox []Owed `json:"outbox,omitempty"` // passcodes that are to be sent

	Changes table.Table[Change] `json:"changes,omitzero"` // of policy and texts, that can be taken back

	Claims   table.Table[bool] `json:"claims,omitzero"` // numbers and addresses whose provider traffic belongs here
	Timeline Timeline          `json:"timeline"`

	From  Origin `json:"from,omitzero"`
	Taken Taken  `json:"taken,omitzero"` // of a kept snapshot only
}
