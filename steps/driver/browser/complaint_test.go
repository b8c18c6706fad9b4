package browser_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// serve is a world whose every page is answered by handle.
func serve(tb testing.TB, name string, handle http.HandlerFunc) driver.World {
	tb.Helper()
	server := httptest.NewServer(handle)
	tb.Cleanup(server.Close)
	return driver.World{Name: name, Base: server.URL}
}

// one answers for the home page with a status and a head, and knows nothing else.
func one(status int, head string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "style-src 'self'; img-src * data:")
		w.WriteHeader(status)
		fmt.Fprintf(w, `<!doctype html><title>家 | x</title><link rel="icon" href="data:,">%s<h1>家</h1>`, head)
	}
}

func TestAVerbFailsWhereThePageHasSomethingToComplainOf(t *testing.T) {
	t.Parallel()
	d := newDriver(t, browser.Config{Name: browser.Desktop})
	tests := map[string]struct {
		status     int
		head, want string // want: part of the error, "" if there must be none
	}{
		"a page like any other":         {200, ``, ""},
		"a page that was not found":     {404, ``, ""},
		"a refusal":                     {422, ``, ""},
		"a service that has a break":    {503, ``, ""},
		"a service that broke":          {500, ``, "/ was returned 500"},
		"a gateway without a service":   {502, ``, "/ was returned 502"},
		"a warning of the page's":       {200, `<script>console.warn("hm")</script>`, ""},
		"an error of the page's":        {200, `<script>console.error("oh")</script>`, "console: oh"},
		"an exception":                  {200, `<script>throw new Error("ouch")</script>`, "the page failed: ouch"},
		"an exception that is no error": {200, `<script>throw "ouch"</script>`, "the page failed: ouch"},
		"a promise that nobody kept":    {200, `<script>Promise.reject(new Error("ouch"))</script>`, "the page failed: ouch"},
		"a script that is not one":      {200, `<script>this is not a script</script>`, "the page failed: Unexpected identifier"},
		"a part that is missing":        {200, `<script src="/lost.js?secret=1"></script>`, "/lost.js was returned 404"},
		"a style that is not allowed":   {200, `<style>h1 { color: red }</style>`, "Content Security Policy"},
		"a picture from elsewhere": {
			200,
			`<img src="http://elsewhere.example/x.png">`,
			"elsewhere.example/x.png: net::ERR_NAME_NOT_RESOLVED",
		},
		"a picture from a number": {200, `<img src="http://198.51.100.1/x.png">`, "198.51.100.1/x.png: net::ERR_NAME_NOT_RESOLVED"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := at(t, d, serve(t, "complaint", one(test.status, test.head)))
			got, err := s.Home(t.Context())
			switch {
			case test.want == "" && err != nil:
				t.Errorf("error is %v, want none", err)
			case test.want == "" && got.Heading != "家":
				t.Errorf("heading is 「%s」", got.Heading)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error is %v, want %q in it", err, test.want)
			case err != nil && strings.Contains(err.Error(), "secret"):
				t.Errorf("error %v tells a query", err)
			case test.want != "" && !strings.Contains(evidence(t, s)["browser.txt"], test.want):
				t.Errorf("evidence is %q, want %q in it", evidence(t, s)["browser.txt"], test.want)
			}
		})
	}
}

func TestWhatIsNotThereIsSaidToBeMissing(t *testing.T) {
	t.Parallel()
	d := newDriver(t, browser.Config{Name: browser.Desktop, Timeout: 500 * time.Millisecond})
	s := at(t, d, serve(t, "missing", one(200, `<label>NetアンサーID <input></label><a href="/" hidden>戻って修正する</a>`)))
	see(t)(s.Home(t.Context()))
	for verb, try := range map[string]func(context.Context) (driver.Screen, error){
		"go on to the identity check: press 「ご本人様確認へ進む」: there is no such thing on the screen 「家」": s.Proceed,
		"go back to the form: press 「戻って修正する」: there is no such thing on the screen 「家」":           s.Revise,
		"open a step: nobody knows an address of 「月」":                                              func(ctx context.Context) (driver.Screen, error) { return s.OpenStep(ctx, "月") },
		"submit the form: choose in 「クレジットカード番号」: there is no such thing on the screen 「家」": func(ctx context.Context) (driver.Screen, error) {
			return s.Submit(ctx, hanako())
		},
	} {
		if _, err := try(t.Context()); err == nil || err.Error() != verb {
			t.Errorf("error is %v, want %q", err, verb)
		}
	}
}

func TestNothingIsWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	d := newDriver(t, browser.Config{Name: browser.Desktop, Timeout: 2 * time.Second})

	t.Run("a service that does not answer", func(t *testing.T) {
		s := at(t, d, serve(t, "silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		if _, err := s.Home(t.Context()); err == nil || !strings.Contains(err.Error(), "Timeout 2000ms exceeded") {
			t.Errorf("error is %v, want a time-out", err)
		}
		if len(s.Evidence(t.Context())) == 0 {
			t.Error("there is no evidence")
		}
	})

	t.Run("somebody who waits no longer", func(t *testing.T) {
		asked := make(chan struct{}, 1)
		s := at(t, d, serve(t, "silent", func(_ http.ResponseWriter, r *http.Request) {
			asked <- struct{}{}
			<-r.Context().Done()
		}))
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-asked; cancel() }()
		if _, err := s.Home(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want that it was cancelled", err)
		}
	})

	t.Run("a page that is busy for ever", func(t *testing.T) {
		s := at(t, d, serve(t, "busy", one(200, `<button onclick="for (;;);">働く</button>`)))
		see(t)(s.Home(t.Context()))
		if _, err := s.(driver.Eyes).Press(t.Context(), "働く"); err == nil ||
			!strings.Contains(err.Error(), "it took longer than 2s") && !strings.Contains(err.Error(), "Timeout 2000ms") {
			t.Errorf("error is %v, want that it took too long", err)
		}
		if got := evidence(t, s)["browser.txt"]; !strings.Contains(got, "no picture: ") {
			t.Errorf("evidence is %q, want why there is no picture", got)
		}
	})

	t.Run("a service that is not there", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		s := at(t, d, driver.World{Name: "gone", Base: server.URL})
		if _, err := s.Home(t.Context()); err == nil || !strings.Contains(err.Error(), "net::ERR_CONNECTION_REFUSED") {
			t.Errorf("error is %v, want that the connection was refused", err)
		}
	})
}

func TestEvidenceHidesAPasswordThatThePageRepeats(t *testing.T) {
	t.Parallel()
	s := at(t, newDriver(t, browser.Config{Name: browser.Desktop}), serve(t, "repeats", func(w http.ResponseWriter, r *http.Request) {
		one(200, fmt.Sprintf(`<p>%s</p><script>console.warn(%[1]q)</script><form method="post"><label>NetアンサーID <input></label>
			<label>Netアンサーパスワード <input type="password" name="p"></label><button>ログインする</button></form>`, r.PostFormValue("p")))(w, r)
	}))
	see(t)(s.Home(t.Context()))
	if got := see(t)(s.Login(t.Context(), "hanako2026", "Secret-2026")); !strings.Contains(got.Text, "Secret-2026") {
		t.Fatalf("the page does not repeat the password: %s", got.Text)
	}
	got := evidence(t, s)
	for _, name := range []string{"page.txt", "browser.txt"} {
		if strings.Contains(got[name], "Secret-2026") || !strings.Contains(got[name], "***") {
			t.Errorf("%s is %q, want the password hidden", name, got[name])
		}
	}
}

// evidence is the evidence of a session by name.
func evidence(tb testing.TB, s driver.Session) map[string]string {
	tb.Helper()
	all := map[string]string{}
	for _, e := range s.Evidence(context.WithoutCancel(tb.Context())) {
		all[e.Name] = string(e.Bytes)
	}
	return all
}
