package middleware

import (
	"net/http"
	"net/url"
	"strings"

	"example.com/netanswer/mocks/outbound"
)

// Elsewhere tells whether a page of another origin made a browser send a request.
// A page at another port of this machine is elsewhere too. A request that no
// browser sent says nothing of where it comes from, and is not.
func Elsewhere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
		origin := r.Header.Get("Origin")
		if origin == "" {
			return false
		}
		u, err := url.Parse(origin)
		return err != nil || !strings.EqualFold(u.Host, r.Host)
	}
	return true
}

// Reads tells whether a request changes nothing.
func Reads(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
}

// OwnPages lets no page of another origin send a request, with a body or without;
// a link that a person follows is fine. trusted names origins that may; nil for
// none.
func OwnPages(next http.Handler, trusted func(origin string) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		follows := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
		if Elsewhere(r) && !follows && (trusted == nil || !trusted(r.Header.Get("Origin"))) {
			NewProblem(http.StatusForbidden, "cross_origin", "a page of another origin may not use this sandbox").Write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Unasked refuses the call-backs of a sandbox, this one or another: what a
// provider or a world is to do is never what somebody named as a call-back.
func Unasked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(outbound.Header) != "" {
			NewProblem(http.StatusForbidden, "call_back", "a call-back may not use this sandbox").Write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}
