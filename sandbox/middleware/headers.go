package middleware

import (
	"net/http"
)

// Secure sets the headers of a page: no script but our own files, no frames, no
// sniffing, no trace in a cache or search engine.
func Secure(next http.Handler) http.Handler {
	return secured(next, "form-action 'self'; base-uri 'none'; frame-ancestors 'none'", "DENY")
}

// SecureFraming is Secure for pages that show others of this origin in a frame.
func SecureFraming(next http.Handler) http.Handler {
	return secured(next, "form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'", "DENY")
}

// SecureStory is Secure for pages that are only to be looked at, side by side:
// a page of this origin may frame them and be one of them, and no form of
// theirs goes anywhere.
func SecureStory(next http.Handler) http.Handler {
	return secured(next, "form-action 'none'; base-uri 'none'; frame-src 'self'; frame-ancestors 'self'", "SAMEORIGIN")
}

func secured(next http.Handler, forms, frames string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; "+forms)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", frames)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
