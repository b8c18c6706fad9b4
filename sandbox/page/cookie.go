package page

import "net/http"

// Keep puts value into a cookie that lasts as long as the browser is open and
// that no script can read. It is sent over TLS only where it was set over TLS;
// on loopback there is none. Cookies are shared by all ports of a host, so the
// name has to say whose it is.
func Keep(w http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// Forget takes a cookie back.
func Forget(w http.ResponseWriter, r *http.Request, name string) {
	http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// Held is the value of a cookie, "" where there is none.
func Held(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return "" // http.ErrNoCookie is its only error
	}
	return c.Value
}
