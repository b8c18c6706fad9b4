// Package console is the pages for people who test, in Japanese: they show a
// world's clock, phone, mailbox, test cards, registrations, calls and timeline
// live, and change them by forms. They work without JavaScript; with it they
// follow the world by themselves, by the control API's stream of changes.
//
// They show what a world holds to whoever can reach them, so they belong on
// loopback, or behind a token, which is asked for before them. They have no
// accounts and no roles.
package console

import (
	"html/template"
	"log/slog"
	"net/http"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A Config is what a console is made of.
type Config struct {
	Service *world.Service
	Log     *slog.Logger
	// MemberURL is the member-facing address of a world, with a slash at its end;
	// "" where members are not served.
	MemberURL func(world string) string
}

type handler struct {
	service   *world.Service
	control   world.Control
	telephone world.Telephone
	memberURL func(string) string
	templates *template.Template
	originals map[string]string // the text table of a fresh world
	standard  map[string]any    // the policy of a fresh world
}

// New returns the handler of the pages. It panics where the embedded files cannot
// be read, which a test would have found.
func New(c Config) http.Handler {
	var standard registration.Policy
	if err := fixtures.Policy(&standard); err != nil {
		panic(err)
	}
	f := handler{service: c.Service, control: c.Service.Control(), telephone: c.Service.Telephone(), memberURL: c.MemberURL,
		templates: loadTemplates(), originals: originalTexts(), standard: policyValues(standard)}
	mux := http.NewServeMux()
	f.pages(mux)
	return middleware.Survive(mux, c.Log, func(w http.ResponseWriter, _ *http.Request, incident string) {
		f.sorry(w, http.StatusInternalServerError, "エラーが発生しました", "サンドボックスの記録に詳細があります。番号: "+incident)
	})
}
