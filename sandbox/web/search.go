package web

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// searchView is the emulated search engine (p25-5).
type searchView struct {
	frame
	Words string
	Found bool
}

// search looks for words in the titles of the pages it knows, of which the
// company's home page is the only one.
func (s *site) search(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	words := page.Shown(strings.ToValidUTF8(r.URL.Query().Get("q"), ""))
	s.Write(w, http.StatusOK, "search", searchView{frame: s.newFrame(m, "search"), Words: words, Found: finds(m, words)})
}

// finds tells whether every one of the words stands in the title of the
// company's home page. Words are separated by space, ideographic space included.
func finds(m world.Snapshot, words string) bool {
	title := strings.ToLower(m.Say("search.result"))
	all := strings.Fields(words)
	for _, word := range all {
		if !strings.Contains(title, strings.ToLower(word)) {
			return false
		}
	}
	return len(all) > 0
}
