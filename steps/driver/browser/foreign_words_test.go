package browser_test

import (
	"archive/zip"
	"errors"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

const brandsPassword = "password-of-the-brand"

// unpacked is evidence with what archives in it hold.
func unpacked(t *testing.T, found map[string]string) map[string]string {
	t.Helper()
	all := maps.Clone(found)
	for name, text := range found {
		if !strings.HasSuffix(name, ".zip") {
			continue
		}
		archive, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			all[name+"/"+f.Name] = string(data)
		}
	}
	if len(all) < len(found)+2 {
		t.Errorf("the evidence has no trace: %d things", len(found))
	}
	return all
}

// brand is the foreign implementation by HTTPS, below a path, for who knows a
// password, with other words for some things, and a page that complains.
func brand(t *testing.T) string {
	t.Helper()
	f := newForeign(t)
	words := strings.NewReplacer("認証する", "送る", "確認用パスワード", "もう一度", "有効期限", "カードの期限", "お手続きの進み具合", "ただいま",
		"<title>完了 | 別の実装", "<title>別の実装 | おわり", "<title>ホームページ", "<script>console.error('悪い')</script><title>ホームページ",
		`href="/`, `href="/brand/`, `action="/`, `action="/brand/`, "'/form'", "'/brand/form'")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	server := httptest.NewUnstartedServer(http.StripPrefix("/brand", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q, err := http.NewRequestWithContext(r.Context(), r.Method, f.url+r.URL.RequestURI(), r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		if user, password, _ := r.BasicAuth(); user != "qa" || password != brandsPassword {
			w.Header().Set("WWW-Authenticate", `Basic realm="qa"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		q.Header = r.Header.Clone()
		q.Header.Del("Accept-Encoding")
		answer, err := client.Do(q)
		if err != nil {
			return // the browser has gone
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
		if to := answer.Header.Get("Location"); to != "" {
			w.Header().Set("Location", "/brand"+to)
		}
		w.WriteHeader(answer.StatusCode)
		if _, err := io.WriteString(w, words.Replace(string(text))); err != nil && r.Context().Err() == nil {
			t.Error(err)
		}
	})))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // connections that a browser opened to be ready, and closed
	server.StartTLS()
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "https://", "https://qa:"+brandsPassword+"@", 1) + "/brand/"
}

func brandsWords() *browser.Foreign {
	return &browser.Foreign{Insecure: true, Titles: map[string]string{"完了": "別の実装 | おわり"}, Addresses: map[string]string{"検索": "search"},
		Labels: map[string]string{"認証する": "送る", "確認用パスワード": "もう一度", "有効期限": "カードの期限", "お手続きの進み具合": "ただいま"}}
}

func TestAForeignImplementationGoesByItsOwnWords(t *testing.T) {
	t.Parallel()
	base := brand(t)
	s := at(
		t,
		newDriver(t, browser.Config{Name: browser.Desktop, Foreign: brandsWords(), Trace: true}),
		driver.World{Name: "w", Base: base},
	)
	ctx := t.Context()
	form := see(t)(s.Start(ctx))
	for _, name := range []string{"有効期限", "確認用パスワード", "月"} {
		if !slices.Contains(form.Fields, name) {
			t.Errorf("the form has no 「%s」: %q", name, form.Fields)
		}
	}
	if slices.Contains(form.Fields, "もう一度") && form.Progress != "入力" {
		t.Errorf("progress is %q", form.Progress)
	}
	see(t)(s.Submit(ctx, hanako()))
	code := see(t)(s.Proceed(ctx))
	if !slices.Contains(code.Actions, "認証する") {
		t.Errorf("there is no 「認証する」: %q", code.Actions)
	}
	if done := see(t)(s.EnterPasscode(ctx, "123456")); done.Title != "完了" || done.Progress != "完了" {
		t.Errorf("the screen is 「%s」 at 「%s」", done.Title, done.Progress)
	}
	if found := see(t)(s.Search(ctx, "天気")); found.Title != "検索" {
		t.Errorf("the search shows 「%s」", found.Title)
	}
	found := evidence(t, s)
	if told := found["browser.txt"]; !strings.Contains(told, "悪い") {
		t.Errorf("what the page complained of is not in the evidence: %s", told)
	}
	for name, text := range unpacked(t, found) {
		if strings.Contains(text, brandsPassword) {
			t.Errorf("%s has the password of the pages", name)
		}
	}
}

func TestWhatAForeignImplementationHasNoAddressOfIsNotAsked(t *testing.T) {
	t.Parallel()
	s := at(
		t,
		newDriver(t, browser.Config{Name: browser.Desktop, Foreign: &browser.Foreign{Insecure: true}}),
		driver.World{Name: "w", Base: brand(t)},
	)
	if _, err := s.OpenStep(t.Context(), "完了"); !errors.Is(err, driver.ErrInapplicable) ||
		!strings.Contains(err.Error(), "addresses に「完了」がありません") {
		t.Errorf("error is %v", err)
	}
}

func TestAForeignImplementationThatCallsThingsOtherwiseUndeclaredIsNotFound(t *testing.T) {
	t.Parallel()
	d := newDriver(t, browser.Config{Name: browser.Desktop, Foreign: &browser.Foreign{Insecure: true}})
	s := at(t, d, driver.World{Name: "w", Base: brand(t)})
	see(t)(s.Start(t.Context()))
	if _, err := s.Submit(t.Context(), hanako()); err == nil || !strings.Contains(err.Error(), "に欄「有効期限」がありません") {
		t.Errorf("error is %v, want that something is not there", err)
	}
}

func TestOnlyWhatAForeignImplementationNamesIsReached(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	base := strings.Replace(server.URL, "127.0.0.1", "127.0.0.2", 1) // this machine too, and not one that is always reached
	for name, c := range map[string]struct {
		hosts []string
		want  string
	}{"not named": {nil, "ERR_NAME_NOT_RESOLVED"}, "named": {[]string{"127.0.0.2"}, "ERR_CONNECTION_REFUSED"}} {
		s := at(
			t,
			newDriver(t, browser.Config{Name: browser.Desktop, Foreign: &browser.Foreign{Hosts: c.hosts}}),
			driver.World{Name: "w", Base: base},
		)
		if _, err := s.Home(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %s", name, err, c.want)
		}
	}
	d, err := browser.New(browser.Config{Name: browser.Desktop, Browser: nowhere, Foreign: &browser.Foreign{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{"", "ftp://pages.invalid/", "pages.invalid"} {
		if _, err := d.Open(t.Context(), driver.World{Name: "w", Base: base}); err == nil ||
			strings.Contains(err.Error(), "start Playwright") {
			t.Errorf("%q: error is %v, want that it is no address", base, err)
		}
	}
}
