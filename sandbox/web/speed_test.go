package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// BenchmarkInputPage is the whole request of the largest page, but for the
// network.
func BenchmarkInputPage(b *testing.B) { benchmark(b, "/registration/input") }

// BenchmarkHomePage is a small page.
func BenchmarkHomePage(b *testing.B) { benchmark(b, "/") }

func benchmark(b *testing.B, path string) {
	service := newService(b, world.Ports{})
	step, err := service.Web().Start(b.Context(), "default")
	if err != nil {
		b.Fatal(err)
	}
	handler := web.New(service, slog.New(slog.DiscardHandler))
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "netanswer_registration", Value: step.Registration.ID})
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("status %d", w.Code)
		}
	}
}

// FuzzForm sends any body to the form and to the log-in: whatever it is, it is
// returned a page and never with a failure of ours.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{"", hanako().Encode(), "card_number_first=%F0%9F%90%88", "a=1;b=2", "form_token=&form_token=", "%", "net_answer_id=%00&password=x"} {
		f.Add(seed)
	}
	service, err := world.New(
		world.Config{Machine: noon, Bounds: world.DefaultBounds(), Store: store.NewMemory(noon, world.DefaultBounds())},
	)
	if err != nil {
		f.Fatal(err)
	}
	step, err := service.Web().Start(f.Context(), "default")
	if err != nil {
		f.Fatal(err)
	}
	handler := web.New(service, slog.New(slog.DiscardHandler))
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/registration/input", "/registration/passcode", "/login"} {
			for _, token := range []string{"", "form_token=" + step.Registration.FormToken + "&"} {
				r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(token+body))
				r.Header.Set("Content-Type", formMedia)
				r.AddCookie(&http.Cookie{Name: "netanswer_registration", Value: step.Registration.ID})
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				if w.Code >= http.StatusInternalServerError {
					t.Errorf("%s: status %d", path, w.Code)
				}
				if w.Code != http.StatusSeeOther {
					parse(t, w.Body.Bytes())
				}
			}
		}
	})
}
