package middleware

import (
	"net"
	"net/http"
	"strings"
)

// Hosts refuses requests for hosts that are not this machine, so that a page
// elsewhere cannot reach a sandbox on loopback by a name of its own making.
func Hosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(hostname(r.Host)) {
			NewProblem(http.StatusMisdirectedRequest, "host_unknown", "このサンドボックスは、localhost 宛ての要求にだけ応答します。").Write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func loopback(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}
