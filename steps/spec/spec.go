// Package spec publishes the specification as a site: the register of rules, the
// scenarios that prove them and how they fared, the screens in pictures, the
// messages as they were received, and the states of a registration. The site is
// plain files in a folder; it is read without a server, fetches nothing, and
// carries a manifest by which the next one tells what has changed.
//
// It is made of data handed in. It runs no scenario and takes no picture.
package spec

import (
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
)

// A Source is what a site is made of. Rules and Scenarios must be given.
type Source struct {
	Made      time.Time
	Rules     []fixtures.Rule
	Scenarios []runner.Scenario
	Verdicts  Verdicts  // of runs; none says that nothing was run
	Machines  []Machine // the states of a registration, by channel
	Messages  []Message // what members receive
	Pictures  []Picture // the screens; those without a file are named only
	Pictured  bool      // whether pictures were taken
	Before    *Manifest // of an earlier site; nil for none
	Approvals Approvals // who has approved which rule
}

// A Machine is the states of a registration in one channel.
type Machine struct {
	Title string
	Edges []Edge
}

// An Edge leads from one state to another on an event.
type Edge struct{ From, On, To string }

// A Message is something a member received: an SMS, a mail, a voice guidance.
type Message struct {
	Kind    string // SMS, メール or 音声ガイダンス
	When    string // what it was received for
	From    string
	Subject string
	Text    string
	Rules   []string
}

// A Picture is a state of a screen, as it looks on a desktop and on a phone.
type Picture struct {
	Name    string // unique
	Section string // web or app
	Group   string // the screens of one kind, in the order of the journey
	State   string
	Rules   []string
	Desk    string // file below the site's folder; "" for none
	Phone   string
}

// The verdicts of a scenario or rule.
const (
	Green    = "確認済み"
	Expected = "想定した失敗"
	Red      = "くい違い"
	Open     = "未実行"
	None     = "対象外"
	Blank    = "未記述"
)
