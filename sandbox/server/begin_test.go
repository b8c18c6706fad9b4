package server_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/test/sandboxtest"
)

var (
	storyForm = regexp.MustCompile(`action="/gallery/begin/([a-z0-9-]+)"`)
	goOn      = regexp.MustCompile(`class="go" href="http://([a-z0-9-]+)\.localhost:[0-9]+/([^"]*)"`)
	alerts    = regexp.MustCompile(`(?s)<div class="told wrong" role="alert"[^>]*>(.*?)</div>`)
	tags      = regexp.MustCompile(`<[^>]*>`)
	personal  = regexp.MustCompile(`\S+ \S+ 様`)
	heading   = regexp.MustCompile(`(?s)<h1[^>]*>(.*?)</h1>`)
)

// Each story's link must lead a browser that knows nothing to the screen that the
// story shows.
func TestSomebodyBeginsInTheStateOfEveryStory(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	_, _, index := ask(t, http.MethodGet, s.ConsoleURL+"/gallery/", asIs)
	stories := storyForm.FindAllStringSubmatch(index, -1)
	if want := strings.Count(index, "<article "); len(stories) != want || want < 100 {
		t.Fatalf("%d of %d stories can be begun in", len(stories), want)
	}
	for _, story := range stories {
		name := story[1]
		status, _, page := ask(t, http.MethodPost, s.ConsoleURL+"/gallery/begin/"+name, asIs)
		link := goOn.FindStringSubmatch(page)
		if status != http.StatusOK || link == nil {
			t.Errorf("%s: status %d: %s", name, status, page)
			continue
		}
		_, _, shown := ask(t, http.MethodGet, s.ConsoleURL+"/gallery/screens/"+name, asIs)
		if got, want := leadsTo(s.MemberURL, t, link[1], html.UnescapeString(link[2])), toldIn(shown); got != want {
			t.Errorf("%s: /%s leads to %q, want %q", name, link[2], got, want)
		}
	}
	status, _, _ := ask(t, http.MethodPost, s.ConsoleURL+"/gallery/begin/nothing", asIs)
	if status != http.StatusNotFound {
		t.Errorf("a story that there is not: status %d", status)
	}
}

// leadsTo is what the page tells that a fresh browser ends at.
func leadsTo(member string, t *testing.T, world, path string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := http.Client{Jar: jar, Transport: inWorld(world)}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, member+"/"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return toldIn(read(t, &browser, r))
}

// toldIn is the heading of a page, without whose it is, and what was refused.
func toldIn(page string) string {
	found := heading.FindStringSubmatch(page)
	if found == nil {
		return "no heading: " + page[:min(len(page), 300)]
	}
	told := personal.ReplaceAllString(found[1], "様")
	for _, alert := range alerts.FindAllStringSubmatch(page, -1) {
		told += " / " + strings.Join(strings.Fields(tags.ReplaceAllString(alert[1], " ")), " ")
	}
	return told
}

// inWorld sends each request of a browser to a world.
type inWorld string

// RoundTrip implements http.RoundTripper.
func (w inWorld) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Netanswer-World", string(w))
	return http.DefaultTransport.RoundTrip(r)
}

func read(t *testing.T, browser *http.Client, r *http.Request) string {
	t.Helper()
	answer, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
