package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/netanswer/sandbox/middleware"
)

func TestTheWorldOfARequest(t *testing.T) {
	for _, tt := range []struct {
		name, host, header string
		want               string // "" where it is refused
	}{
		{"none named", "127.0.0.1:8080", "", "default"},
		{"by host", "mine.localhost:8080", "", "mine"},
		{"by host without a port", "mine.localhost", "", "mine"},
		{"by host in capitals", "Mine.Localhost", "", "mine"},
		{"by header", "127.0.0.1", "mine", "mine"},
		{"by both, the same", "mine.localhost", "mine", "mine"},
		{"by both, two", "mine.localhost", "yours", ""},
		{"a host of two labels", "a.b.localhost", "", ""},
		{"a header that cannot be", "127.0.0.1", "no such", ""},
		{"another host", "[::1]:8080", "", "default"},
	} {
		got := ""
		h := middleware.Worlds(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = middleware.World(r.Context()) }),
			func(w http.ResponseWriter, _ *http.Request, err error) { middleware.Trouble(err).Write(w) })
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = tt.host
		if tt.header != "" {
			r.Header.Set(middleware.Header, tt.header)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got != tt.want || tt.want == "" && w.Code != http.StatusBadRequest {
			t.Errorf("%s: %q with %d, want %q", tt.name, got, w.Code, tt.want)
		}
	}
}
