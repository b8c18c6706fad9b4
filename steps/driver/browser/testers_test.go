package browser_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/apidocs"
	"example.com/netanswer/sandbox/console"
	controlapi "example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/test/sample"
)

// testersPages serves the console, with a world in which something has happened, and
// the page of each API; it returns their addresses, one a kind of page.
func testersPages(t *testing.T, page playwright.Page) (addresses []string) {
	t.Helper()
	bounds := world.DefaultBounds()
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: store.NewMemory(clock.Machine, bounds),
		Snapshots: store.NewSnapshots(bounds), Documents: store.Documents{}, Defects: defect.All()})
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []struct{ at, as string }{{"completed", "花子さん"}, {"passcode", "太郎さん"}} {
		if _, err := place.Put(t.Context(), service, "default", place.Request{Channel: registration.Web, At: to.at, As: to.as}); err != nil {
			t.Fatal(err)
		}
	}
	member := func(name string) string { return "http://" + name + ".localhost:8080/" }
	serve := func(h http.Handler) string {
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		return server.URL
	}
	pages := serve(console.New(console.Config{Service: service, Log: slog.New(slog.DiscardHandler), MemberURL: member}))
	addresses = append(addresses, serve(api.New(service, slog.New(slog.DiscardHandler)))+"/api/docs/",
		serve(controlapi.New(controlapi.Config{Service: service, Log: slog.New(slog.DiscardHandler), MemberURL: member}))+"/api/docs/",
		serve(apidocs.New(apidocs.Config{Path: "/issuer/v1/docs/", Address: rest.OpenAPI + ".json", Document: rest.Document}))+"/issuer/v1/docs/",
		pages+"/worlds/none!") // a page that is not there

	// A tab of the console, and of what a tab lists the first with a page of its own.
	visit(t, page, pages+"/worlds/default")
	for _, tab := range evaluate[[]string](t, page, `[...document.querySelectorAll("#tabs a")].map(a => a.href)`) {
		addresses = append(addresses, tab)
		visit(t, page, tab)
		addresses = append(addresses, evaluate[[]string](t, page, `[...document.querySelectorAll("#panel a[href*=about]")].map(a => a.href).slice(0, 1)`)...)
	}
	return append(addresses, pages+"/worlds/default?find=SMS", pages+"/worlds", pages+"/worlds/default?tab=texts&q=SMS",
		pages+"/worlds/default?tab=faults&break=p34-7",
		pages+"/worlds/default?tab=registrations&begun=continue%3Fregistration%3Dreg-x&at=web+passcode")
}

// TestPagesForTestersAreAccessible: the console, tab by tab, and the pages of the APIs,
// one of two light on a desktop or dark on a phone at every push, each both by night.
func TestPagesForTestersAreAccessible(t *testing.T) {
	t.Parallel()
	b, axe := newChromium(t)
	addresses := testersPages(t, newPage(t, b, desktop))
	if len(addresses) < 14 || !slices.ContainsFunc(addresses, func(a string) bool { return strings.Contains(a, "about") }) {
		t.Fatalf("only %d pages: %s", len(addresses), strings.Join(addresses, " "))
	}
	drawn := sample.Of(t)
	for i, scheme := range []*playwright.ColorScheme{playwright.ColorSchemeLight, playwright.ColorSchemeDark} {
		w := []width{desktop, phone}[i]
		page := newPage(t, b, w)
		if err := page.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: scheme}); err != nil {
			t.Fatal(err)
		}
		for _, address := range addresses {
			_, rest, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
			if drawn.Leaves(rest, i, 4) {
				continue
			}
			what := rest + " at " + w.name + ", " + string(*scheme)
			visit(t, page, address)
			audited(t, page, axe, what)
			if wide := evaluate[int](t, page, `document.documentElement.scrollWidth`); wide > w.width {
				t.Errorf("%s is %d px wide", what, wide)
			}
		}
	}
}
