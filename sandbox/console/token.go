package console

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/middleware"
)

// healthPath is what returnsout a token.
const healthPath = "/healthz"

// guard asks every request for the token, as `Authorization: Bearer` or as the
// password of HTTP Basic, which is how a browser asks a person for it. The name
// in front of the password does not matter.
func guard(next http.Handler, token string) http.Handler {
	if token == "" {
		return next
	}
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := sha256.Sum256([]byte(credential(r)))
		free := r.URL.Path == healthPath && r.Method == http.MethodGet
		if !free && subtle.ConstantTimeCompare(given[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="netanswer", charset="UTF-8"`)
			middleware.NewProblem(http.StatusUnauthorized, "token_required",
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
