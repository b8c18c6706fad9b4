package control_test

import (
	"strings"
	"testing"
)

type textList struct {
	Texts []struct {
		ID, Text string
		Rules    []string
		Changed  bool
	}
}

// find returns the text of an id and whether it is marked as changed.
func (l textList) find(id string) (text string, changed bool) {
	for _, t := range l.Texts {
		if t.ID == id {
			return t.Text, t.Changed
		}
	}
	return "", false
}

func TestTextsAreListedChangedAndRestored(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var list textList
	s.call("GET", "/api/worlds/w/texts", "", 200, &list)
	original, changed := list.find("entrance.register")
	if original != "Netアンサー新規登録(無料)" || changed || len(list.Texts) < 150 {
		t.Fatalf("%d texts, entrance.register is %q", len(list.Texts), original)
	}
	s.call("PATCH", "/api/worlds/w/texts", `{"entrance.register":"登録","home.lead":"ようこそ"}`, 200, &list)
	if text, changed := list.find("entrance.register"); text != "登録" || !changed {
		t.Errorf("changed to %q, marked %v", text, changed)
	}
	s.call("PATCH", "/api/worlds/w/texts", `{"entrance.register":""}`, 200, &list)
	if text, changed := list.find("entrance.register"); text != original || changed {
		t.Errorf("restored to %q, marked %v", text, changed)
	}
	if text, _ := list.find("home.lead"); text != "ようこそ" {
		t.Errorf("the other text is %q", text)
	}
}

func TestTextsRefuseWhatIsNone(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.refused("PATCH", "/api/worlds/w/texts", `{"no.such":"x"}`, 422, "request_invalid")
	s.refused("PATCH", "/api/worlds/w/texts", `{"home.lead":1}`, 422, "malformed")
	s.refused("PATCH", "/api/worlds/w/texts", `{"home.lead":null}`, 422, "malformed")
	s.refused("PATCH", "/api/worlds/w/texts", `{"home.lead":"`+strings.Repeat("長", 3000)+`"}`, 422, "request_invalid")
	s.refused("PATCH", "/api/worlds/w/texts", `{"home.lead":"`+strings.Repeat("長", 30000)+`"}`, 413, "too_large")
}
