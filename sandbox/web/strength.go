package web

import (
	"encoding/json"
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A meter is the safety meter of one field (p29-4). It is empty while nothing
// was written, or where what was written is not shown again.
type meter struct {
	Level    registration.Strength `json:"level"`
	Sentence string                `json:"sentence"`
}

func gauge(m world.Snapshot, value string) meter {
	if value == "" {
		return meter{}
	}
	level, sentence := m.Strength(value)
	return meter{Level: level, Sentence: sentence}
}

// strength tells the page's script what the meter says of a value that is being
// written. The script asks, and does not know the rule itself, so that there is
// one rule only. The value comes in the body, from our own page (New refuses
// another origin), and is neither kept nor logged.
func (s *site) strength(w http.ResponseWriter, r *http.Request) {
	f, err := page.Read(r, "credential")
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	body, err := json.Marshal(gauge(m, f["credential"]))
	if err != nil {
		panic(err) // two texts always marshal
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // a browser that went away is no error of ours
}
