package middleware

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"
)

// Token asks every request for the token, as `Authorization: Bearer` or as the
// password of HTTP Basic, which is how a browser asks a person for it. The name
// in front of the password does not matter. GET of a path of free needs none; an
// empty token is asked of nobody.
func Token(next http.Handler, token string, free ...string) http.Handler {
	if token == "" {
		return next
	}
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := sha256.Sum256([]byte(credential(r)))
		open := slices.Contains(free, r.URL.Path) && r.Method == http.MethodGet
		if !open && subtle.ConstantTimeCompare(given[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="netanswer", charset="UTF-8"`)
			NewProblem(http.StatusUnauthorized, "token_required",
				"send the control token as Authorization: Bearer, or as the password of HTTP Basic").Write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// credential is the token a request brings; "" where it brings none.
func credential(r *http.Request) string {
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
