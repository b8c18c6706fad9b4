package middleware

import (
	"net/http"
	"strings"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

// MemberFaults makes the faults happen that are planned for the member-facing port:
// refuse answers where a status is planned. What only describes or dresses the
// pages, scripts and styles and documents, never fails. It belongs behind
// Worlds.
func MemberFaults(
	next http.Handler,
	members world.Members,
	refuse func(http.ResponseWriter, *http.Request, world.MemberFault),
	trouble func(http.ResponseWriter, *http.Request, error),
) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if dressing(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		f, ok, err := members.NextMemberFault(r.Context(), World(r.Context()), r.Method, r.URL.Path)
		switch {
		case err != nil:
			trouble(w, r, err)
			return
		case !ok:
		case f.Kind == world.MemberFaultStatus:
			refuse(w, r, f)
			return
		case f.Kind == world.MemberFaultCut:
			panic(http.ErrAbortHandler)
		case f.Kind == world.MemberFaultLose:
			next.ServeHTTP(unheard{}, r)
			panic(http.ErrAbortHandler)
		case f.Kind == world.MemberFaultDelay:
			fault.Hold(r.Context(), f.By)
		case f.Kind == world.MemberFaultSession:
			forget(w, r)
		}
		next.ServeHTTP(w, r)
	})
}

func dressing(path string) bool {
	return strings.Contains(path, "/assets/") || strings.HasPrefix(path, "/api/docs/") || strings.HasPrefix(path, "/api/openapi")
}

// forget takes from a request, and from the browser that sent it, what it is
// known by.
func forget(w http.ResponseWriter, r *http.Request) {
	for _, c := range r.Cookies() {
		http.SetCookie(
			w,
			&http.Cookie{Name: c.Name, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil},
		)
	}
	r.Header.Del("Cookie")
	r.Header.Del("Authorization")
}

// unheard takes an answer that nobody gets.
type unheard struct{}

func (unheard) Header() http.Header         { return http.Header{} }
func (unheard) Write(b []byte) (int, error) { return len(b), nil }
func (unheard) WriteHeader(int)             {}
