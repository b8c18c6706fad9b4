// Package target reads target.yaml, the file by which somebody says what there
// is to know of an implementation that is to be tried: where its pages are,
// who its test members are, how its clock is moved, what it can do, and what
// it is known to fail. It knows nothing of scenarios or drivers.
package target

// A Target is what a target.yaml says.
type Target struct {
	Web       string            `yaml:"web"`       // the address of the home page
	App       string            `yaml:"app"`       // that of the app's pages; "" for none
	Providers Providers         `yaml:"providers"` //
	Clock     *Clock            `yaml:"clock"`     // nil: nobody can move it
	Can       []Capability      `yaml:"can"`       // what it declares
	Labels    map[string]string `yaml:"labels"`    // its own words, by the guide's
	Members   []Member          `yaml:"members"`
	Expected  []Expected        `yaml:"expected_failures"`
}

// A Capability is something an implementation can be asked.
type Capability string

// The capabilities.
const (
	Web    Capability = "web"
	App    Capability = "app"
	SMS    Capability = "sms"
	Email  Capability = "email"
	Call   Capability = "call"
	PIN    Capability = "pin"
	Faults Capability = "faults"
	Policy Capability = "policy"
)

var capabilities = []Capability{Web, App, SMS, Email, Call, PIN, Faults, Policy}

// Providers tell where messages arrive. Exactly one of its fields is set.
type Providers struct {
	World   string `yaml:"world"`   // ours, by credentials that name this world
	Claim   string `yaml:"claim"`   // ours, by recipients that this world claims
	Adapter string `yaml:"adapter"` // the address of an adapter that tells messages
}

// A Clock is the call that moves the implementation's clock. In URL and Body
// {now} stands for the moment by RFC 3339, {unix} for its seconds since 1970.
type Clock struct {
	Method string `yaml:"method"` // "" is POST
	URL    string `yaml:"url"`
	Body   string `yaml:"body"`
}

// A Member is a test member of the implementation.
type Member struct {
	Called string `yaml:"called"` // 花子さん
	Card   string `yaml:"card"`
	Expiry string `yaml:"expiry"` // MM/YY
	Code   string `yaml:"code"`   // the security code
	PIN    string `yaml:"pin"`
	Phone  string `yaml:"phone"`
	Email  string `yaml:"email"`
}

// Expected is a failure that is known.
type Expected struct {
	At     string `yaml:"at"`     // a scenario, like features/web/passcode.feature:12
	Driver string `yaml:"driver"` // "" is any
	Reason string `yaml:"reason"`
	Until  string `yaml:"until"` // the last day it may fail, like 2026-12-31
}
