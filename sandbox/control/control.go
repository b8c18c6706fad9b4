// Package control is the control API, by which a test makes worlds, moves their
// clocks, changes policy and texts, adds members, plans faults, and reads and
// awaits what members received.
//
// It is JSON described by an OpenAPI 3.1 document made from this code; its errors
// are those of RFC 9457, its stream of changes is the server-sent events of the
// HTML standard.
//
// It shows what a world holds to whoever can reach it, so it belongs on
// loopback, or behind a token, which is asked for before it. It has no accounts
// and no roles.
package control

import (
	"cmp"
	"log/slog"
	"net/http"
	"time"

	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// A Config is what a control API is made of.
type Config struct {
	Service *world.Service
	Log     *slog.Logger
	// MemberURL is the member-facing address of a world, with a slash at its end;
	// "" where members are not served.
	MemberURL func(world string) string
	// Providers are told to whoever asks.
	Providers Providers
	// Store tells how what keeps the worlds does.
	Store Store
	// Telephone is where calls are taken over SIP; the zero value: nowhere.
	Telephone Telephone
	// Stream is how long a stream of events may last; 0 is half an hour.
	Stream time.Duration
	// Listeners tell how they are; nil tells of none.
	Listeners func() []Listener
}

// A Telephone is an address that takes calls over SIP, and its limits.
type Telephone struct {
	Address string
	Limits  sip.Limits
}

type handler struct {
	service   *world.Service
	control   world.Control
	telephone world.Telephone
	memberURL func(string) string
	providers Providers
	phone     Telephone
	listeners func() []Listener
	store     Store
	longest   time.Duration // that a stream may last
}

// New returns the handler of everything below Prefix, of HealthPath and
// of ReadyPath.
func New(c Config) http.Handler {
	f := handler{
		service:   c.Service,
		control:   c.Service.Control(),
		telephone: c.Service.Telephone(),
		memberURL: c.MemberURL,
		providers: c.Providers,
		phone:     c.Telephone,
		listeners: c.Listeners,
		store:     c.Store,
		longest:   cmp.Or(c.Stream, longestStream),
	}
	mux := http.NewServeMux()
	f.api(mux)
	return middleware.Survive(mux, c.Log, func(w http.ResponseWriter, _ *http.Request, incident string) {
		middleware.NewProblem(http.StatusInternalServerError, "internal", "the sandbox failed; its log has incident "+incident).Write(w)
	})
}
