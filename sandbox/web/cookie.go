package web

import "net/http"

// The cookies. Cookies are shared by all ports of a host, so their names say
// whose they are.
const (
	cookieRegistration = "netanswer_registration" // the id of the registration
	cookieSession      = "netanswer_session"      // the token of the log-in
)

// keep puts value into a cookie that lasts as long as the browser is open. It is
// sent over TLS only where it was set over TLS; on loopback there is none.
func keep(w http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// forget takes a cookie back.
func forget(w http.ResponseWriter, r *http.Request, name string) {
	http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// held is the value of a cookie, "" where there is none.
func held(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return "" // http.ErrNoCookie is its only error
	}
	return c.Value
}
