// Package console is the handler for people testing: the control API, by which a
// test makes worlds, moves their clocks, changes policy and texts, adds members
// and reads what they received; and the console, pages in Japanese that show a
// world's clock, phone, mailbox, test cards, registrations and timeline live.
//
// The control API is JSON described by an OpenAPI 3.1 document made from this
// code; its errors are those of RFC 9457, its stream of changes is the
// server-sent events of the HTML standard. The pages work without JavaScript;
// with it they follow the world by themselves.
//
// It shows what a world holds to whoever can reach it, so it belongs on
// loopback, or behind a token. It has no accounts and no roles.
package console

import (
	"html/template"
	"log/slog"
	"net/http"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A Config is what a console is made of.
type Config struct {
	Service *world.Service
	Log     *slog.Logger
	// Token is what every request must bring but for GET /healthz, as a bearer
	// token or as the password of HTTP Basic. Empty: nothing is asked for.
	Token string
	// MemberURL is the member-facing address of a world, with a slash at its end;
	// "" where members are not served.
	MemberURL func(world string) string
	// Gallery shows the member's screens side by side; it answers for /gallery
	// and all below. Nil: there is none.
	Gallery http.Handler
	// Providers are told to whoever asks.
	Providers Providers
	// Telephone is where calls are taken over SIP; the zero value: nowhere.
	Telephone Telephone
}

// A Telephone is an address that takes calls over SIP, and its limits.
type Telephone struct {
	Address string
	Limits  sip.Limits
}

type handler struct {
	service   *world.Service
	memberURL func(string) string
	providers Providers
	phone     Telephone
	templates *template.Template
	originals map[string]string // the text table of a fresh world
	standard  map[string]any    // the policy of a fresh world
}

// New returns the handler of a whole listener. It panics where the
// embedded files cannot be read, which a test would have found.
func New(c Config) http.Handler {
	var standard registration.Policy
	if err := fixtures.Policy(&standard); err != nil {
		panic(err)
	}
	f := handler{service: c.Service, memberURL: c.MemberURL, providers: c.Providers, phone: c.Telephone, templates: loadTemplates(),
		originals: originalTexts(), standard: policyValues(standard)}
	mux := http.NewServeMux()
	f.api(mux)
	f.pages(mux)
	if c.Gallery != nil {
		mux.Handle("/gallery", c.Gallery)
		mux.Handle("/gallery/", c.Gallery)
	}

	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(refuseCrossOrigin))
	var h http.Handler = sameOrigin.Handler(middleware.Bound(mux, c.Service.Bounds().Body))
	h = guard(h, c.Token)
	return middleware.Survive(middleware.SecureFraming(h), c.Log, f.failed)
}

func refuseCrossOrigin(w http.ResponseWriter, _ *http.Request) {
	middleware.NewProblem(http.StatusForbidden, "cross_origin", "a page of another origin may not change a world").Write(w)
}

// failed answers after a panic.
func (f handler) failed(w http.ResponseWriter, r *http.Request, incident string) {
	if isAPI(r) {
		middleware.NewProblem(http.StatusInternalServerError, "internal", "the sandbox failed; its log has incident "+incident).Write(w)
		return
	}
	f.sorry(w, http.StatusInternalServerError, "エラーが発生しました", "サンドボックスの記録に詳細があります。番号: "+incident)
}
