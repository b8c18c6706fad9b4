package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// TestAWindowThatWasAnothersIsAsNew: who comes later finds no cookie, nothing that a
// page has kept, no page to go back to and nothing that is still going on, in
// another world and in the same.
func TestAWindowThatWasAnothersIsAsNew(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, domain := range []string{"", "localhost"} {
			http.SetCookie(w, &http.Cookie{Name: "seen" + domain, Value: "1", Path: "/", Domain: domain})
		}
		fmt.Fprintf(w, `<!doctype html><title>家 | x</title><link rel="icon" href="data:,"><h1>家</h1><p>%v</p><p id="kept"></p>
<script>
  for (const storage of [localStorage, sessionStorage]) storage.n = Number(storage.n ?? 0) + 1;
  document.querySelector("#kept").textContent = [localStorage.n, sessionStorage.n, history.length, window.name].join(" ");
  window.name = "mine";
</script>`, r.Cookies())
	}))
	t.Cleanup(server.Close)
	d := newDriver(t, browser.Config{Name: browser.Desktop})
	visit := func(world string) string {
		s, err := d.Open(t.Context(), driver.World{Name: world, Base: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		screen, err := s.OpenStep(t.Context(), "入力")
		if err != nil {
			t.Error(err)
		}
		if again, err := s.Look(t.Context()); err != nil || again.Text == screen.Text {
			t.Errorf("the page keeps nothing: %q %v", again.Text, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		return screen.Text
	}
	first := visit("a")
	for _, world := range []string{"b", "a", "b", "c"} {
		if text := visit(world); text != first {
			t.Errorf("%s finds %q, the first found %q", world, text, first)
		}
	}
}
