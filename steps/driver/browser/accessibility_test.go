package browser_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/test/sample"
)

// This file holds the promise of accessibility: WCAG 2.2 A and AA as far as
// axe-core can tell, on every story of the screens' gallery and so on every
// screen in every state; no sideways scrolling at 320 px and at 200 %; and
// forms that a keyboard alone completes.

// width is one way to look at a screen.
type width struct {
	name          string
	width, height int
	scale         float64
	phone         bool
}

var (
	desktop = width{"1280 px", 1280, 900, 1, false}
	phone   = width{"390 px", 390, 844, 2, true}
	narrow  = width{"320 px", 320, 640, 1, true}
	zoomed  = width{"1280 px at 200 %", 640, 450, 2, false} // what zooming makes of a window
)

// newPage opens a tab of that width. What a page's policy forbids is allowed,
// or axe could not be added to it.
func newPage(t *testing.T, b playwright.Browser, w width) playwright.Page {
	t.Helper()
	c, err := b.NewContext(playwright.BrowserNewContextOptions{Viewport: &playwright.Size{Width: w.width, Height: w.height},
		DeviceScaleFactor: &w.scale, IsMobile: &w.phone, HasTouch: &w.phone, BypassCSP: playwright.Bool(true),
		Locale:        playwright.String("ja-JP"),
		ReducedMotion: playwright.ReducedMotionReduce})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	page, err := c.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// galleryOf serves the screens' gallery and returns the address of each story.
func galleryOf(t *testing.T, b playwright.Browser) (index string, stories []string) {
	t.Helper()
	service, err := world.New(
		world.Config{Machine: clock.Machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(clock.Machine, world.DefaultBounds())},
	)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gallery.New(slog.Default(), nil, web.Section(service), app.Section(service)))
	t.Cleanup(server.Close)
	index = server.URL + gallery.Path + "/"
	tab := newPage(t, b, desktop)
	visit(t, tab, index)
	found := evaluate[[]string](t, tab, `[...document.querySelectorAll("a.open")].map(a => a.href)`)
	if err := tab.Close(); err != nil {
		t.Fatal(err)
	}
	if len(found) < 40 {
		t.Fatalf("the gallery shows %d stories", len(found))
	}
	return index, found
}

func visit(t *testing.T, page playwright.Page, address string) {
	t.Helper()
	if _, err := page.Goto(address); err != nil {
		t.Fatal(err)
	}
}

// evaluate returns what an expression of JavaScript is in the page.
func evaluate[T any](t *testing.T, page playwright.Page, expression string) T {
	t.Helper()
	var value T
	got, err := page.Evaluate("async () => JSON.stringify(await (" + expression + "))")
	if err == nil {
		err = json.Unmarshal([]byte(fmt.Sprint(got)), &value)
	}
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// A violation is what axe finds wrong with a page.
type violation struct {
	ID    string
	Help  string
	Nodes []struct{ Target []any }
}

const audit = `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], resultTypes: ["violations"], iframes: false}).then(r => r.violations)`

// audited reports each element of the page that breaks a rule of axe's.
func audited(t *testing.T, page playwright.Page, axe, what string) {
	t.Helper()
	if _, err := page.AddScriptTag(playwright.PageAddScriptTagOptions{Path: &axe}); err != nil {
		t.Fatal(err)
	}
	for _, v := range evaluate[[]violation](t, page, audit) {
		for _, n := range v.Nodes {
			t.Errorf("%s: %v breaks %s: %s", what, n.Target, v.ID, v.Help)
		}
	}
}

func nameOf(address string) string { return address[strings.LastIndex(address, "/")+1:] }

// TestEveryScreenIsAccessible: one of two at one of two widths at every push, each at
// both by night.
func TestEveryScreenIsAccessible(t *testing.T) {
	t.Parallel()
	b, axe := newChromium(t)
	index, stories := galleryOf(t, b)
	drawn := sample.Of(t)
	for i, w := range []width{desktop, phone} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			page := newPage(t, b, w)
			for _, address := range stories {
				if drawn.Leaves(nameOf(address), i, 4) {
					continue
				}
				visit(t, page, address)
				audited(t, page, axe, nameOf(address)+" at "+w.name)
				noWordBroken(t, page, nameOf(address)+" at "+w.name)
			}
			visit(t, page, index)
			audited(t, page, axe, "the gallery at "+w.name)
		})
	}
}

func TestAxeFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	b, axe := newChromium(t)
	page := newPage(t, b, desktop)
	if err := page.SetContent(`<!doctype html><html lang="ja"><title>x</title><main><h1>x</h1><input><p style="color:#ccc">うすい字</p></main></html>`); err != nil {
		t.Fatal(err)
	}
	if _, err := page.AddScriptTag(playwright.PageAddScriptTagOptions{Path: &axe}); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, v := range evaluate[[]violation](t, page, audit) {
		found = append(found, v.ID)
	}
	if !slices.Contains(found, "label") || !slices.Contains(found, "color-contrast") {
		t.Errorf("axe finds %v, want label and color-contrast", found)
	}
}

func TestNoScreenScrollsSideways(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	_, stories := galleryOf(t, b)
	drawn := sample.Of(t)
	for i, w := range []width{narrow, zoomed} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			page := newPage(t, b, w)
			for _, address := range stories {
				if drawn.Leaves(nameOf(address), i, 2) {
					continue
				}
				visit(t, page, address)
				if wide := evaluate[int](t, page, `document.documentElement.scrollWidth`); wide > w.width {
					widest := evaluate[[]string](
						t,
						page,
						fmt.Sprintf(
							`[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > %d).map(e => e.tagName + "." + e.className).slice(0, 3)`,
							w.width,
						),
					)
					t.Errorf("%s at %s is %d px wide: %v", nameOf(address), w.name, wide, widest)
				}
			}
		})
	}
}
