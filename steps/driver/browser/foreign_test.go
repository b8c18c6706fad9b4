package browser_test

import (
	"html/template"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// A foreign is another implementation, whose pages share nothing with the
// sandbox's but what a person perceives. It remembers nobody: each address
// shows what it always shows.
type foreign struct {
	url string

	mu       sync.Mutex
	received []string // the forms that were sent, as they were sent
}

func newForeign(tb testing.TB) *foreign {
	tb.Helper()
	f := &foreign{}
	pages := template.Must(template.ParseFiles("testdata/foreign.html"))
	mux := http.NewServeMux()
	show := func(w http.ResponseWriter, status int, name string, about any) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		if err := pages.ExecuteTemplate(w, name, about); err != nil {
			tb.Error(err)
		}
	}
	for path, name := range map[string]string{"/{$}": "home", "/gate": "gate", "/form": "form", "/check": "check",
		"/code": "code", "/end": "end", "/done": "done", "/member": "member"} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { show(w, http.StatusOK, name, "") })
	}
	mux.HandleFunc("GET /search", func(w http.ResponseWriter, r *http.Request) { show(w, http.StatusOK, "search", r.FormValue("words")) })
	post := func(path string, answer func(w http.ResponseWriter, r *http.Request)) {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			if err := r.ParseForm(); err != nil {
				tb.Error(err)
			}
			f.mu.Lock()
			f.received = append(f.received, path+"?"+r.PostForm.Encode())
			f.mu.Unlock()
			answer(w, r)
		})
	}
	post("/gate", func(w http.ResponseWriter, r *http.Request) {
		if r.PostForm.Get("b") != "Secret-2026" {
			show(w, http.StatusUnauthorized, "gate", "パスワードが違います。")
			return
		}
		http.Redirect(w, r, "/member", http.StatusSeeOther)
	})
	post("/form", func(w http.ResponseWriter, r *http.Request) {
		if r.PostForm.Get("n1") == "" || r.PostForm.Get("agreed") == "" {
			show(w, http.StatusUnprocessableEntity, "form", "wrong")
			return
		}
		http.Redirect(w, r, "/check", http.StatusSeeOther)
	})
	post("/check", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/code", http.StatusSeeOther) })
	post("/again", func(w http.ResponseWriter, _ *http.Request) {
		show(w, http.StatusOK, "code", "お送りしました。")
	})
	post("/code", func(w http.ResponseWriter, r *http.Request) {
		switch r.PostForm.Get("z") {
		case "123456":
			http.Redirect(w, r, "/done", http.StatusSeeOther)
		case "000000":
			http.Redirect(w, r, "/end", http.StatusSeeOther)
		default:
			show(w, http.StatusConflict, "code", "違います。")
		}
	})
	server := httptest.NewServer(mux)
	tb.Cleanup(server.Close)
	f.url = server.URL
	return f
}

// sent is what was sent last, and how much was sent so far.
func (f *foreign) sent() (last string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.received) == 0 {
		return "", 0
	}
	return f.received[len(f.received)-1], len(f.received)
}
