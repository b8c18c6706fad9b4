package page

import (
	"net/http"
	"strings"
)

// Verbs are what can be done at one address, by method.
type Verbs map[string]http.HandlerFunc

// Only hands a request on to the handler of its method; HEAD is GET without
// the body, which net/http leaves out by itself. Other methods are refused.
func (f *Site) Only(v Verbs) http.Handler {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if _, ok := v[method]; ok || method == http.MethodHead && v[http.MethodGet] != nil {
			allowed = append(allowed, method)
		}
	}
	refuse := f.Sorry(http.StatusMethodNotAllowed, "error.method")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		if handle, ok := v[method]; ok {
			handle(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		refuse.ServeHTTP(w, r)
	})
}

// See leads on to another page with GET, and there with a notice if it is not "".
// A notice is one of few words that the site knows; it must need no escaping.
func See(w http.ResponseWriter, r *http.Request, to, notice string) {
	if notice != "" {
		to += "?notice=" + notice
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// Noticed is the notice that an address carries, "" where there is none. Anybody
// can write one: it chooses among sentences and is never shown itself.
func Noticed(r *http.Request) string { return r.URL.Query().Get("notice") }
