package web_test

import (
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// visit opens the gallery of a fresh sandbox: its index and every story.
func visit(t *testing.T) (b *browser, index page, stories map[string]page) {
	t.Helper()
	service := newService(t, world.Ports{})
	server := httptest.NewServer(gallery.New(slog.New(slog.DiscardHandler), nil, web.Section(service), app.Section(service)))
	t.Cleanup(server.Close)
	b = openAt(t, service, server.URL, "hana")
	index, stories = b.get("/gallery"), map[string]page{}
	for _, e := range index.find("iframe", "width", "390") {
		stories[e.attrs["src"]] = b.get(e.attrs["src"])
	}
	if index.path != "/gallery/" || len(stories) < 40 {
		t.Fatalf("%s shows %d stories", index.path, len(stories))
	}
	return b, index, stories
}

func TestTheGalleryShowsEveryScreenAndState(t *testing.T) {
	t.Parallel()
	_, _, stories := visit(t)
	shown := map[string]bool{} // screens
	body := regexp.MustCompile(`<body class="screen-([a-z_]+)">`)
	for at, p := range stories {
		if found := body.FindStringSubmatch(p.body); p.status == http.StatusOK && found != nil {
			shown[found[1]] = true
		} else {
			t.Errorf("%s: status %d, %.60s", at, p.status, p.body)
		}
	}
	for _, transition := range registration.Transitions() {
		for _, state := range []registration.State{transition.From, transition.To} {
			screen := string(state)
			if transition.Channel == registration.App && !(state.Final() && state != registration.Completed) {
				screen = "app_" + screen
			}
			if !shown[screen] {
				t.Errorf("no story is in the state %s of the %s", state, transition.Channel)
			}
		}
	}
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if name, titled := strings.CutSuffix(text.ID, ".title"); titled && !shown[name] {
			t.Errorf("no story shows the screen %s", name)
		}
	}
	sentencesAreShown(t, stories)
}

// onTheWireOnly are the sentences of what no page lets a member do.
var onTheWireOnly = []string{"error.idempotency_key", "error.device_unknown", "error.no_wallet"}

// sentencesAreShown holds that each sentence of a screen, refusals included,
// can be read on some story.
func sentencesAreShown(t *testing.T, stories map[string]page) {
	t.Helper()
	var all strings.Builder
	kept := regexp.MustCompile(`<span class="whole">([^<]*)</span>`) // words that no line breaks
	for _, p := range stories {
		all.WriteString(html.UnescapeString(kept.ReplaceAllString(p.body, "$1")))
	}
	places := regexp.MustCompile(`\{[a-z_]+\}`)
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		// What arrives elsewhere is no part of a screen, and of the meter one
		// level is shown at a time.
		if slices.Contains(onTheWireOnly, text.ID) {
			continue
		}
		if slices.ContainsFunc(
			[]string{"sms.", "mail.", "guidance.", "strength."},
			func(part string) bool { return strings.HasPrefix(text.ID, part) },
		) {
			continue
		}
		for _, part := range places.Split(text.Text, -1) {
			if !strings.Contains(all.String(), part) {
				t.Errorf("no story says %s: %q", text.ID, part)
			}
		}
	}
}

func TestTheGallerysRulesAreThoseOfTheRegister(t *testing.T) {
	t.Parallel()
	_, index, _ := visit(t)
	known, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, e := range index.find("li", "", "") {
		if id := fold(e.text); regexp.MustCompile(`^(p\d+|a)-\d+$`).MatchString(id) {
			named++
			if !slices.ContainsFunc(known, func(r fixtures.Rule) bool { return r.ID == id }) {
				t.Errorf("there is no rule %s", id)
			}
		}
	}
	if named < 40 {
		t.Errorf("%d rules are named", named)
	}
}

func TestNothingInTheGalleryLeadsOn(t *testing.T) {
	t.Parallel()
	b, index, stories := visit(t)
	for at, p := range stories {
		scripts := p.find("script", "type", "module")
		if len(scripts) == 0 || !strings.HasPrefix(scripts[len(scripts)-1].attrs["src"], sectionOf(at)+"story.") {
			t.Errorf("%s: the links lead on", at)
		}
		for _, e := range append(scripts, p.find("link", "rel", "stylesheet")...) {
			if got := b.get(e.attrs["src"] + e.attrs["href"]); got.status != http.StatusOK {
				t.Errorf("%s: %v has status %d", at, e.attrs, got.status)
			}
		}
		if strings.Contains(p.body, " autofocus") {
			t.Errorf("%s takes the focus", at)
		}
		if csp := p.header.Get("Content-Security-Policy"); !strings.Contains(csp, "form-action 'none'") ||
			!strings.Contains(csp, "frame-ancestors 'self'") {
			t.Errorf("%s: policy %s", at, csp)
		}
	}
	if n := len(b.snapshot().Timeline.Events); n != 0 || !strings.Contains(index.body, "サンドボックス（テスト環境）") {
		t.Errorf("the gallery left %d entries in the timeline", n)
	}
	for _, path := range []string{"/gallery/screens/no-such", "/gallery/nowhere"} {
		if p := b.get(path); p.status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, p.status)
		}
	}
}

func TestTheGallerySaysWhatItsWorldSays(t *testing.T) {
	t.Parallel()
	b, _, _ := visit(t)
	if _, err := b.service.Control().Arrange(t.Context(), b.world, world.Setup{Texts: map[string]string{"confirm.heading": "ご確認を"},
		Policy: []byte(`{"call_window":"9m"}`)}); err != nil {
		t.Fatal(err)
	}
	if got := b.get("/gallery/screens/confirm").text("h1"); got != "ご確認を" {
		t.Errorf("the confirmation says %s", got)
	}
	if p := b.get("/gallery/screens/call"); !strings.Contains(p.body, "9分00秒") {
		t.Errorf("the call screen shows another window: %s", p.text("main"))
	}
}

// sectionOf is where the files of a story's site are.
func sectionOf(story string) string {
	if strings.HasPrefix(story, "/gallery/screens/app-") {
		return gallery.Assets("app")
	}
	return gallery.Assets("web")
}
