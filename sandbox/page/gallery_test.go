package page_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// section is a small section with a story for each name.
func section(service *world.Service, name string, stories ...string) page.Section {
	f := page.New(page.Config{Service: service, Files: siteFiles(name), Assets: page.SectionAssets(name), Home: "/", Story: true})
	h := page.Section{Name: name, Title: "館" + name, Site: f}
	for _, e := range stories {
		h.Stories = append(h.Stories, page.Story{Name: e, Screen: "home", State: "状態" + e, Rules: []string{"p25-1"},
			Show: func(w http.ResponseWriter, around page.Frame) {
				around.Notices = []string{around.Snapshot.Now.Format("15:04")}
				f.Write(w, http.StatusOK, "home", around)
			}})
	}
	return h
}

func TestTheGalleryIsSortedBySectionsAndScreens(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := page.Gallery(slog.New(slog.DiscardHandler), section(service, "web", "home", "home-late"), section(service, "app", "app-home"))
	index := serve(g, http.MethodGet, "/gallery/", nil)
	says(t, index, `href="#section-web"`, `href="#section-app"`, `href="#room-web-home"`, `href="#room-app-home"`, "館web", "館app", "3の状態",
		"/gallery/screens/home-late", "/gallery/screens/app-home", "<li>p25-1</li>")
	if n := strings.Count(index.Body.String(), `class="room"`); n != 2 {
		t.Errorf("%d rooms, want one for each section", n)
	}
	for _, sheet := range hrefs(index.Body.String()) {
		if w := serve(g, http.MethodGet, sheet, nil); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", sheet, w.Code)
		}
	}
}

// TestEachSectionHasItsOwnFiles is about files that are called the same in two sites.
func TestEachSectionHasItsOwnFiles(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := page.Gallery(slog.New(slog.DiscardHandler), section(service, "web", "home"), section(service, "app", "app-home"))
	for name, story := range map[string]string{"web": "home", "app": "app-home"} {
		w := serve(g, http.MethodGet, "/gallery/screens/"+story, nil)
		says(t, w, `data-site="`+name+`"`, `<p>12:00</p>`, `src="/gallery/assets/`+name+`/story.`)
		sheets := hrefs(w.Body.String())
		if own := serve(g, http.MethodGet, sheets[len(sheets)-1], nil); own.Body.String() != "/* "+name+" */" {
			t.Errorf("%s: %s is %s", name, sheets[len(sheets)-1], own.Body)
		}
	}
	for _, path := range []string{"/gallery/screens/no-such", "/gallery/assets/no-such.css", "/gallery/assets/app/no-such.css", "/elsewhere"} {
		if w := serve(g, http.MethodGet, path, nil); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestMistakesOfTheGalleryPanic(t *testing.T) {
	t.Parallel()
	service := newService(t)
	stranger := section(service, "app", "app-home")
	stranger.Name = "other"
	members := page.Section{Name: "app", Site: page.New(page.Config{Service: service, Files: siteFiles("app"), Assets: page.SectionAssets("app"), Home: "/"})}
	tests := map[string]struct {
		sections []page.Section
		want     string
	}{
		"two stories of one name":     {[]page.Section{section(service, "web", "home"), section(service, "app", "home")}, "page: two stories are called home"},
		"a site of other addresses":   {[]page.Section{stranger}, "page: the site of the section other is not made for the gallery"},
		"a site that members may use": {[]page.Section{members}, "page: the site of the section app is not made for the gallery"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(any(test.want), panics(func() { page.Gallery(slog.New(slog.DiscardHandler), test.sections...) })); diff != "" {
				t.Errorf("panic (-want +got):\n%s", diff)
			}
		})
	}
}
