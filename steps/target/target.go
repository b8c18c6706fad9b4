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
	"slices"
	"time"
)

// A Target is what a target.yaml says.
type Target struct {
	Web string `yaml:"web"` // the address of the home page; "" for none
	App string `yaml:"app"` // that from which the app is reached; "" for none
	API string `yaml:"api"` // where it speaks the reference backend's JSON API; "" for none

	Addresses map[string]string   `yaml:"addresses"` // of what a person types, by the title of the screen
	Hosts     []string            `yaml:"hosts"`     // that its pages need besides its own
	Insecure  bool                `yaml:"insecure"`  // certificates are not checked
	Instances []map[string]string `yaml:"instances"` // of each copy, what its words stand for; none: there is one

	Providers Providers     `yaml:"providers"`
	Reset     *Call         `yaml:"reset"`      // what puts it back before each scenario; nil: nothing does
	Clock     *Call         `yaml:"clock"`      // what makes its clock show {now} or {unix}; nil: nobody can move it
	WaitUpTo  time.Duration `yaml:"wait_up_to"` // of real time that a scenario may wait where nobody can move the clock

	Can       []Capability      `yaml:"can"`     // what it declares
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
	Called   string `yaml:"called"` // 花子さん
	Card     string `yaml:"card"`
	Expiry   string `yaml:"expiry"` // MM/YY
	Code     string `yaml:"code"`   // the security code
	PIN      string `yaml:"pin"`
	Phone    string `yaml:"phone"`
	Email    string `yaml:"email"`
	ID       string `yaml:"id"`       // the Net Answer ID, of who is registered from the start
	Password string `yaml:"password"` // and the password
}

// Sandbox tells whether the member is the sandbox's own.
func (m Member) Sandbox() bool { return m == Member{Called: m.Called} }

// Expected is a failure that is known.
type Expected struct {
	At     string `yaml:"at"`     // a scenario, like features/web/passcode.feature:12
	Driver string `yaml:"driver"` // "" is any
	Reason string `yaml:"reason"`
	Until  string `yaml:"until"` // the last day it may fail, like 2026-12-31
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
