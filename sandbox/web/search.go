package web

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
)

// search looks for words in the titles of the pages it knows, of which the
// company's home page is the only one (p25-5).
func (s *site) search(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	words := page.Shown(strings.ToValidUTF8(r.URL.Query().Get("q"), ""))
	s.Show(w, http.StatusOK, m, screen.Search(m, words))
}
