package twilio

import (
	"fmt"
	"net/http"
	"strings"
)

// A Request is one that was answered, without its credentials and its body.
type Request struct {
	Speaker string // the world its account speaks for, "" for none
	To      string // the recipient, where it names one
	Method  string
	Path    string // "" where nothing is there
	Status  int    // 0 where it was not answered
	Code    int    // the number of the error, 0 for none
}

// String is the request in a line.
func (q Request) String() string {
	path, answer := q.Path, "応答なし"
	if path == "" {
		path = "（ないもの）"
	}
	if q.Status != 0 {
		answer = fmt.Sprint(q.Status)
	}
	if q.Code != 0 {
		answer += fmt.Sprintf("（エラー %d）", q.Code)
	}
	return q.Method + " " + path + " → " + answer
}

// watched tells of every request when it was answered.
func (f handler) watched(next http.Handler) http.Handler {
	if f.Watch == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w}
		defer func() { // also where its connection is cut
			q := Request{Method: method(r.Method), Status: rec.status, Code: rec.code}
			if account, resource, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix+"Accounts/"), "/"); ok {
				if q.Speaker = speaks(account); rec.code != 20404 {
					q.Path = "/" + resource
				}
			}
			if user, _, ok := r.BasicAuth(); ok && strings.HasPrefix(r.URL.Path, "/v2/") {
				q.Speaker = speaks(user)
			}
			if r.PostForm != nil {
				q.To = r.PostForm.Get("To")
			}
			f.Watch(q)
		}()
		next.ServeHTTP(rec, r)
	})
}

// method is the method of a request, if it is one that HTTP knows.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodPost, http.MethodDelete, http.MethodPut, http.MethodHead, http.MethodOptions, http.MethodPatch:
		return m
	}
	return "?"
}

// A recorder remembers how a request was answered.
type recorder struct {
	http.ResponseWriter
	status, code int
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// failed notes the number of an error.
func failed(w http.ResponseWriter, code int) {
	if r, ok := w.(*recorder); ok {
		r.code = code
	}
}
