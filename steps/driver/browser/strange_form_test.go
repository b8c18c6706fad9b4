package browser_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// This file fills in forms as other teams may make them: the words are the guide's,
// all else is theirs. The driver has never been told of any.

// A collector serves one page and keeps what is sent by its form.
type collector struct {
	page string

	mu  sync.Mutex
	got map[string]string // what was sent, by the first letter of the fields' names
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method == http.MethodGet {
		_, _ = io.WriteString(w, c.page) // the browser may have gone
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = map[string]string{}
	var names []string
	for name := range r.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		key := name[:1]
		if key == "m" || key == "y" {
			key = "d"
		}
		c.got[key] += r.PostForm.Get(name)
	}
	_, _ = io.WriteString(w, `<!doctype html><meta charset="utf-8"><title>確認</title><button>ご本人様確認へ進む</button>`) // likewise
}

func (c *collector) sent() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.got
}

func TestAFormIsFilledInHoweverItIsMade(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/strangers/*.html")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	no := false
	form := hanako()
	form.Newsletter = &no
	want := map[string]string{"n": "4242420000010017", "d": "1135", "c": "123", "i": "hanako2026", "p": "Secret-2026", "q": "Secret-2026",
		"e": "hanako@example.jp", "f": ""}
	d := newDriver(t, browser.Config{Name: browser.Desktop, Foreign: &browser.Foreign{}, Timeout: 20 * time.Second})
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".html"), func(t *testing.T) {
			t.Parallel()
			page, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := &collector{page: string(page)}
			s := at(t, d, serve(t, "form", c.ServeHTTP))
			if got := see(t)(s.Home(t.Context())); got.Title != "入力" {
				t.Errorf("the form is taken for 「%s」: fields %q", got.Title, got.Fields)
			}
			after := see(t)(s.Submit(t.Context(), form))
			got := c.sent()
			delete(got, "l") // an empty choice of two may be sent
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("sent (-want +got):\n%s\nthe screen is 「%s」: %s", diff, after.Title, after.Text)
			}
			if after.Title != "確認" {
				t.Errorf("the screen after it is 「%s」, %+v", after.Title, after)
			}
		})
	}
}

func TestAFieldThatTakesNoMoreIsTold(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, input := range map[string]string{
		"by its length": `<input maxlength="16">`,
		"by a script":   `<input oninput="value = value.slice(0, 16)">`,
	} {
		p.of(t, `<label>NetアンサーID`+input+`</label><label>パソコン<input></label>`)
		for _, text := range []string{"hanako2026hanako1", "hanako2026hanako"} {
			got := see(t)(p.Session.Write(t.Context(), "NetアンサーID", text))
			if cut := slices.Equal(got.Cut, []string{"NetアンサーID"}); cut != (len(text) > 16) {
				t.Errorf("%s: of %q is cut: %q", name, text, got.Cut)
			}
		}
	}
}

// A page that is wider than a phone's screen is moved aside before something at its
// far end is pressed, by fingers or because a box there is written in.
func TestWhatStandsBeyondAPhonesScreenIsPressed(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Phone)
	for name, body := range map[string]string{
		"far to the right":        `<div style="width: 1400px"><button id="x" style="margin-left: 1200px">認証する</button></div>`,
		"behind a box far aside":  `<div style="width: 1400px"><button id="x">認証する</button></div><input style="margin-left: 1200px" autofocus>`,
		"in a page that is small": `<div style="width: 700px; height: 3000px"></div><div style="width: 700px; text-align: right"><button id="x">認証する</button></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, `<meta name="viewport" content="width=device-width, initial-scale=1">`+body+
				`<script>x.onclick = () => document.body.insertAdjacentHTML("beforeend", "<p>押された</p>")</script>`)
			if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "認証する")); !slices.Contains(got.Said, "押された") {
				t.Errorf("it was not pressed: %+v", got)
			}
		})
	}
}
