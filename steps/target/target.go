// Package target reads target.yaml, the file by which somebody says what there
// is to know of an implementation that is to be tried: where its pages are,
// which providers it sends by, who its test members are, how it is put back and
// its clock moved, what it can do, what it calls things, and what it is known to
// fail. It makes the few calls that the file describes. It knows nothing of
// scenarios or drivers.
//
// Of an implementation there may be several copies, its instances: scenarios
// are tried one at a time on each. What differs between them stands in the text
// as {word} and is given for each instance; ${NAME} is the environment's NAME,
// a secret.
package target

import (
	"cmp"
	"slices"
	"time"
)

// A Target is what a target.yaml says.
type Target struct {
	Web string `yaml:"web"` // the address of the home page; "" for none
	App string `yaml:"app"` // that from which the app is reached; "" for none
	API string `yaml:"api"` // where it speaks the reference backend's JSON API; "" for none

	GuideOnly bool `yaml:"-"` // no assumed rule is asked, whatever Assumes chooses

	Addresses map[string]string   `yaml:"addresses"` // of what a person types, by the title of the screen
	Hosts     []string            `yaml:"hosts"`     // that its pages need besides its own
	Insecure  bool                `yaml:"insecure"`  // certificates are not checked
	Instances []map[string]string `yaml:"instances"` // of each copy, what its words stand for; none: there is one

	Providers Providers     `yaml:"providers"`
	Ask       Ask           `yaml:"ask"`        // what else it can be asked by a call
	Reset     *Reset        `yaml:"reset"`      // what puts it back before each scenario; nil: nothing does
	Clock     *Clock        `yaml:"clock"`      // what makes its clock show {now} or {unix}; nil: nobody can move it
	WaitUpTo  time.Duration `yaml:"wait_up_to"` // of real time that a scenario may wait where nobody can move the clock

	Can       []Capability      `yaml:"can"`     // what it declares
	Advice    bool              `yaml:"advice"`  // its screens show what the guide prints beside its pictures of them
	Assumes   map[string]bool   `yaml:"assumes"` // the assumed rules that it follows, by their ids; of others nothing is asked
	Policy    Policy            `yaml:"policy"`  // its numbers of those rules, where they are not the sandbox's
	Texts     map[string]string `yaml:"texts"`   // its own sentences, by the id of the sandbox's or by the scenario's sentence
	Without   []Without         `yaml:"without"` // rules it does not claim to follow
	Labels    map[string]string `yaml:"labels"`  // its own words, by the guide's
	Titles    map[string]string `yaml:"titles"`  // of its screens, by the guide's
	Members   []Member          `yaml:"members"`
	Expected  []Expected        `yaml:"expected_failures"`
	variables map[string]string // of the environment that it names
}

// A Capability is something an implementation can be asked.
type Capability string

// The capabilities.
const (
	SMS       Capability = "sms"    // sends SMS
	Email     Capability = "email"  // sends mail
	Telephone Capability = "call"   // checks the identity by telephone
	Faults    Capability = "faults" // is to bear providers that go wrong
)

var capabilities = []Capability{SMS, Email, Telephone, Faults}

// A Reset puts an implementation back: by a call, or by a command of this
// machine.
type Reset struct {
	Call    `yaml:",inline"`
	Command []string `yaml:"command"` // a program and its arguments; none: the call is made
	Used    string   `yaml:"used"`    // instead of both: a file of members that are used up, each scenario takes others of their pool
}

// Ask are calls by which a scenario asks what no page shows. What is nil cannot be
// asked.
type Ask struct {
	Policy     *Call `yaml:"policy"`     // makes a choice of the policy, {name} to {value}, until the next reset
	Phone      *Call `yaml:"phone"`      // puts the telephone {phone} on file for {card}, until the next reset
	Enrolments *Call `yaml:"enrolments"` // answers how often {card} was enrolled in 3-D Secure: a number, or {"count": number}
}

// A Clock moves an implementation's clock.
type Clock struct {
	Call      `yaml:",inline"`
	Precision time.Duration `yaml:"precision"` // how far it may run on while a scenario is tried; 0: it stands
}

// Policy are the numbers of assumed rules. What is zero is as in the sandbox.
type Policy struct {
	PasscodeAttempts int            `yaml:"passcode_attempts"`
	PINAttempts      int            `yaml:"pin_attempts"`
	LoginAttempts    int            `yaml:"login_attempts"`
	ReissueLimit     int            `yaml:"reissue_limit"`
	ReissueInterval  *time.Duration `yaml:"reissue_interval"` // 0: it has none
	LoginLock        *time.Duration `yaml:"login_lock"`
	Idle             *time.Duration `yaml:"idle"`
	EachPasscode     bool           `yaml:"attempts_per_passcode"` // wrong ones are counted anew after a reissue
	Looking          *bool          `yaml:"looking_is_action"`     // opening a screen anew puts off the end of idle
}

// Able tells whether an implementation declares a capability.
func (t Target) Able(c Capability) bool { return slices.Contains(t.Can, c) }

// A Without is a rule, like p28-3, or a page, like p28, that an implementation
// does not claim to follow.
type Without struct {
	Rule   string `yaml:"rule"`
	Reason string `yaml:"reason"`
}

// Providers tell where messages arrive. Exactly one of World, Claim and Adapter
// is set.
type Providers struct {
	World   string `yaml:"world"`   // ours, by credentials that name this world
	Claim   string `yaml:"claim"`   // ours, by recipients that this world claims
	Adapter string `yaml:"adapter"` // the address of an adapter that tells messages

	Console string `yaml:"console"` // of the sandbox whose providers are used
	Token   string `yaml:"token"`   // its control token, if it asks for one

	Voice      string `yaml:"voice"`       // the webhook that answers calls; "" for none
	VoiceToken string `yaml:"voice_token"` // by which the calls of it are signed
	CallEnded  string `yaml:"call_ended"`  // is told when a call has ended; "" for nobody
}

// A Member is a test member. One of whom nothing but the name is told is the
// sandbox's own of that name.
type Member struct {
	Called string `yaml:"called"` // 花子さん, or whatever name
	As     string `yaml:"as"`     // who in the scenarios they are, like 花子さん; "" for who is called so, or of the same kinds
	Kinds  []Kind `yaml:"kinds"`  // what they are good for, where no name tells
	Cards  []Card `yaml:"cards"`  // of who has several; else what is told of the one
	Spare  `yaml:",inline"`

	Purchases []Purchase `yaml:"purchases"` // all that the statement shows; none where nobody has told

	Pool []Spare `yaml:"pool"` // others who can stand for this one, each once
}

// A Spare is what tells one member from another of the same kinds.
type Spare struct {
	Card     string `yaml:"card"`
	Expiry   string `yaml:"expiry"` // MM/YY
	Code     string `yaml:"code"`   // the security code
	PIN      string `yaml:"pin"`
	Phone    string `yaml:"phone"`
	Email    string `yaml:"email"`
	ID       string `yaml:"id"`       // the Net Answer ID, of who is registered from the start
	Password string `yaml:"password"` // and the password
	Points   string `yaml:"points"`   // as the home shows them; "" where nobody has told
}

// Spares are the member and those of the pool, in their order.
func (m Member) Spares() []Member {
	all := []Member{m}
	for _, s := range m.Pool {
		all = append(all, Member{Called: m.Called, As: m.As, Kinds: m.Kinds, Spare: s})
	}
	return all
}

// A Card is what stands on a card.
type Card struct {
	Card   string `yaml:"card"`
	Expiry string `yaml:"expiry"` // MM/YY
	Code   string `yaml:"code"`
	PIN    string `yaml:"pin"`
	Points string `yaml:"points"` // as the home shows them; "" where nobody has told

	Purchases []Purchase `yaml:"purchases"` // all that the statement shows; none where nobody has told
}

// A Purchase is a line of a statement.
type Purchase struct {
	Date   string `yaml:"date"` // 2026/10/28
	Shop   string `yaml:"shop"`
	Amount string `yaml:"amount"` // 2,970
}

// All are the member's cards.
func (m Member) All() []Card {
	if len(m.Cards) > 0 {
		return m.Cards
	}
	return []Card{{m.Card, m.Expiry, m.Code, m.PIN, m.Points, m.Purchases}}
}

// Sandbox tells whether the member is the sandbox's own.
func (m Member) Sandbox() bool {
	return m.Card == "" && len(m.Cards) == 0 && m.Phone == "" && m.Email == "" && m.ID == ""
}

// A Kind is something that a scenario needs somebody to be.
type Kind string

// The kinds.
const (
	ByText      Kind = "sms"      // a mobile telephone on file
	ByMail      Kind = "mail"     // no telephone, but a mail address on file
	ByCall      Kind = "call"     // a fixed telephone on file
	OffFile     Kind = "off_file" // nothing on file
	Visa        Kind = "visa"
	Mastercard  Kind = "mastercard"
	JCB         Kind = "jcb"
	Amex        Kind = "amex"
	TwoCards    Kind = "two_cards"
	Registered  Kind = "registered" // with a Net Answer ID and a password
	ExpiredCard Kind = "expired"
	Corporate   Kind = "corporate"
	ClubOn      Kind = "club_on"
	Stopped     Kind = "stopped"   // the card may not be used
	Withdrawn   Kind = "withdrawn" // the member has left
)

// casting is who in the scenarios is of which kinds.
var casting = []struct {
	as    string
	kinds []Kind
}{{"花子さん", []Kind{ByText, Visa}}, {"太郎さん", []Kind{ByText, Mastercard}}, {"次郎さん", []Kind{ByText, JCB}}, {"安奈さん", []Kind{ByText, Amex}},
	{"和子さん", []Kind{ByText, TwoCards}}, {"良子さん", []Kind{Registered}}, {"健さん", []Kind{ExpiredCard}}, {"正さん", []Kind{ByCall}},
	{"美咲さん", []Kind{ByMail}}, {"誠さん", []Kind{OffFile}}, {"浩さん", []Kind{Corporate}}, {"優子さん", []Kind{ClubOn}},
	{"茂さん", []Kind{Stopped}}, {"恵さん", []Kind{Withdrawn}}}

// special are kinds for which somebody is good for nothing else.
var special = []Kind{ExpiredCard, Corporate, ClubOn, Stopped, Withdrawn, Registered, OffFile, TwoCards}

// Kinds tells who somebody of the scenarios is, by kinds; none where the
// scenarios know nobody of that name.
func Kinds(as string) []Kind {
	for _, c := range casting {
		if c.as == as {
			return c.kinds
		}
	}
	return nil
}

// Cast is who plays whom: by name, by as, and by kinds, each once.
func (t Target) Cast() map[string]Member {
	cast, taken := map[string]Member{}, map[int]bool{}
	for i, m := range t.Members {
		if as := cmp.Or(m.As, m.Called); m.As != "" || len(Kinds(as)) > 0 || len(m.Kinds) == 0 {
			cast[as], taken[i] = m, true
		}
	}
	for _, c := range casting {
		if _, there := cast[c.as]; there {
			continue
		}
		for i, m := range t.Members {
			if !taken[i] && fits(m.Kinds, c.kinds) {
				cast[c.as], taken[i] = m, true
				break
			}
		}
	}
	return cast
}

// fits tells whether somebody of some kinds is good for a part, and for no other.
func fits(has, wants []Kind) bool {
	for _, k := range wants {
		if !slices.Contains(has, k) {
			return false
		}
	}
	for _, k := range special {
		if slices.Contains(has, k) && !slices.Contains(wants, k) {
			return false
		}
	}
	return true
}

// Expected is a failure that is known.
type Expected struct {
	At     string `yaml:"at"`     // a scenario, like features/web/passcode.feature:9
	Driver string `yaml:"driver"` // "" is any
	Reason string `yaml:"reason"`
	Until  string `yaml:"until"` // the last day it may fail, like 2026-12-31
	Found  string `yaml:"found"` // what was perceived, as verify -accept wrote it; another perception is no known failure
}

// Drivers are the drivers that can try it.
func (t Target) Drivers() []string {
	var names []string
	for _, d := range []struct {
		address string
		names   []string
	}{{t.API, []string{"api"}}, {t.Web, []string{"pc", "sp"}}, {t.App, []string{"iphone", "android"}}} {
		if d.address != "" {
			names = append(names, d.names...)
		}
	}
	return names
}
