package browser_test

import (
	"archive/zip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
)

// traced is a trace of somebody who fills in the form, goes back and types a
// password on the software keyboard.
func traced(t *testing.T) string {
	t.Helper()
	sb := newSandbox(t)
	s := at(t, newDriver(t, browser.Config{Name: browser.Desktop, Trace: true}), driver.World{Name: "traced", Base: sb.url})
	look := see(t)
	look(s.Start(t.Context()))
	look(s.Submit(t.Context(), hanako()))
	look(s.Revise(t.Context()))
	look(s.(driver.Eyes).OpenKeyboard(t.Context(), "セキュリティコード"))
	look(s.(driver.Eyes).TypeOnScreen(t.Context(), []string{"7", "1", "9"}, false))
	found := evidence(t, s)
	if found["trace.zip"] == "" {
		t.Fatalf("there is no trace: %s", found["browser.txt"])
	}
	if again := evidence(t, s); again["trace.zip"] != "" || strings.Contains(again["browser.txt"], "no trace") {
		t.Errorf("asked again, there is a trace of %d bytes: %s", len(again["trace.zip"]), again["browser.txt"])
	}
	return found["trace.zip"]
}

func TestATraceHoldsNoSecret(t *testing.T) {
	t.Parallel()
	trace := traced(t)
	z, err := zip.NewReader(strings.NewReader(trace), int64(len(trace)))
	if err != nil {
		t.Fatal(err)
	}
	var whole strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		whole.Write(text)
		for _, secret := range []string{"Secret-2026", `"4200"`, `\"4200`, "4242-4200", `"0017"`, `"123"`, `\"123\"`, `name=\"7\"`, "name: '7'",
			"form_token=", "security_code=", "Set-Cookie", "__netanswer"} {
			if at := strings.Index(string(text), secret); at >= 0 {
				t.Errorf("%s holds %s: …%s…", f.Name, secret, text[max(0, at-80):min(len(text), at+80)])
			}
		}
		if strings.HasSuffix(f.Name, ".html") || strings.HasSuffix(f.Name, ".dat") || strings.HasSuffix(f.Name, ".json") ||
			f.Name == "trace.stacks" {
			t.Errorf("%s is there", f.Name)
		}
	}
	for _, told := range []string{"「クレジットカード番号」「月」「年」", "を押す", "クレジットカード番号", "ご登録の内容をご確認ください。", "4242-42**-****-017", "/registration/confirm", `"status":303`} {
		if !strings.Contains(whole.String(), told) {
			t.Errorf("the trace does not tell %s", told)
		}
	}
}

// TestPlaywrightsViewerShowsATrace opens a trace in the viewer that everybody
// opens traces in.
func TestPlaywrightsViewerShowsATrace(t *testing.T) {
	t.Parallel()
	trace := traced(t)
	found, err := provision.Find("")
	if err != nil {
		t.Fatal(err) // traced has found it
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(filepath.Join(found.DriverDir, "package", "lib", "vite", "traceViewer"))))
	mux.HandleFunc("/trace.zip", func(w http.ResponseWriter, _ *http.Request) {
		if _, err := io.WriteString(w, trace); err != nil {
			t.Log(err) // the viewer has gone
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	b, _ := newChromium(t)
	page, err := b.NewPage(playwright.BrowserNewPageOptions{Viewport: &playwright.Size{Width: 1400, Height: 900}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := page.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := page.Goto(server.URL + "/index.html?trace=" + url.QueryEscape(server.URL+"/trace.zip")); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"「クレジットカード番号」「月」", "「規約に同意して確認画面に進む」を押す"} {
		first := page.GetByRole("treeitem").Filter(playwright.LocatorFilterOptions{HasText: what}).First()
		if err := first.WaitFor(); err != nil {
			t.Fatalf("the viewer lists no %s: %v", what, err)
		}
		if err := first.Click(); err != nil {
			t.Fatal(err)
		}
	}
	shown := page.FrameLocator("iframe[name=snapshot].snapshot-visible").GetByRole("heading").First()
	if err := shown.WaitFor(); err != nil {
		t.Errorf("the viewer shows no page: %v", err)
	}
}
