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

// hall is a small hall with an exhibit for each name.
func hall(service *world.Service, name string, exhibits ...string) page.Hall {
	f := page.New(page.Config{Service: service, Files: facade(name), Assets: page.HallAssets(name), Home: "/", Exhibit: true})
	h := page.Hall{Name: name, Title: "館" + name, Face: f}
	for _, e := range exhibits {
		h.Exhibits = append(h.Exhibits, page.Exhibit{Name: e, Screen: "home", State: "状態" + e, Rules: []string{"p25-1"},
			Show: func(w http.ResponseWriter, around page.Frame) {
				around.Notices = []string{around.Moment.Now.Format("15:04")}
				f.Write(w, http.StatusOK, "home", around)
			}})
	}
	return h
}

func TestTheGalleryIsSortedByHallsAndScreens(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := page.Gallery(slog.New(slog.DiscardHandler), hall(service, "web", "home", "home-late"), hall(service, "app", "app-home"))
	index := serve(g, http.MethodGet, "/gallery/", nil)
	says(t, index, `href="#hall-web"`, `href="#hall-app"`, `href="#room-web-home"`, `href="#room-app-home"`, "館web", "館app", "3の状態",
		"/gallery/screens/home-late", "/gallery/screens/app-home", "<li>p25-1</li>")
	if n := strings.Count(index.Body.String(), `class="room"`); n != 2 {
		t.Errorf("%d rooms, want one for each hall", n)
	}
	for _, sheet := range hrefs(index.Body.String()) {
		if w := serve(g, http.MethodGet, sheet, nil); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", sheet, w.Code)
		}
	}
}

// TestEachHallHasItsOwnFiles is about files that are called the same in two faces.
func TestEachHallHasItsOwnFiles(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := page.Gallery(slog.New(slog.DiscardHandler), hall(service, "web", "home"), hall(service, "app", "app-home"))
	for name, exhibit := range map[string]string{"web": "home", "app": "app-home"} {
		w := serve(g, http.MethodGet, "/gallery/screens/"+exhibit, nil)
		says(t, w, `data-face="`+name+`"`, `<p>12:00</p>`, `src="/gallery/assets/`+name+`/exhibit.`)
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
	stranger := hall(service, "app", "app-home")
	stranger.Name = "other"
	members := page.Hall{Name: "app", Face: page.New(page.Config{Service: service, Files: facade("app"), Assets: page.HallAssets("app"), Home: "/"})}
	tests := map[string]struct {
		halls []page.Hall
		want  string
	}{
		"two exhibits of one name":    {[]page.Hall{hall(service, "web", "home"), hall(service, "app", "home")}, "page: two exhibits are called home"},
		"a face of other addresses":   {[]page.Hall{stranger}, "page: the face of the hall other is not made for the gallery"},
		"a face that members may use": {[]page.Hall{members}, "page: the face of the hall app is not made for the gallery"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(any(test.want), panics(func() { page.Gallery(slog.New(slog.DiscardHandler), test.halls...) })); diff != "" {
				t.Errorf("panic (-want +got):\n%s", diff)
			}
		})
	}
}
