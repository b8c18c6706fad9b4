package console

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The tabs of a world's page, as they stand in its address.
const (
	tabCards         = "cards"
	tabRegistrations = "registrations"
	tabCalls         = "calls"
	tabTimeline      = "timeline"
	tabFaults        = "faults"
	tabSnapshots     = "snapshots"
	tabPolicy        = "policy"
	tabTexts         = "texts"
)

// What of a page is chosen by its address.
const (
	keyPhone = "tel"  // the number whose phone is shown
	keyBox   = "box"  // the address whose mailbox is shown
	keyRead  = "read" // the id of the mail that is read
	keyTab   = "tab"
	keyWords = "q"     // what is searched for in the texts
	keyFind  = "find"  // what is searched for in everything
	keyAbout = "about" // the id of what has the page
	keyBegun = "begun" // where the registration that was begun goes on
	keyAt    = "at"    // the state that it was begun in
	keyWho   = "who"   // whose it is
	keyBreak = "break" // what is searched for in the defects
)

// A place is what is looked at: a world, and what of it is chosen.
type place struct {
	world  string
	chosen url.Values
}

// placeOf is the place a request is for. What a page does not know is left out.
func placeOf(r *http.Request) place {
	p := place{world: r.PathValue("world"), chosen: url.Values{}}
	for _, key := range []string{keyPhone, keyBox, keyRead, keyTab, keyWords, keyFind, keyAbout, keyBegun, keyAt, keyWho, keyBreak} {
		if v := r.URL.Query().Get(key); v != "" && len(v) <= 254 {
			p.chosen.Set(key, v)
		}
	}
	return p
}

// World is the world's name.
func (p place) World() string { return p.world }

// String is the address of the place.
func (p place) String() string { return p.Path("") }

// Path is the address of something below the world, at this place.
func (p place) Path(below string) string {
	address := "/worlds/" + p.world + below
	if len(p.chosen) > 0 {
		address += "?" + p.chosen.Encode()
	}
	return address
}

// With is the address of the place with one thing chosen differently.
func (p place) With(key, value string) string {
	other := place{world: p.world, chosen: url.Values{}}
	for k, v := range p.chosen {
		other.chosen[k] = v
	}
	if value == "" {
		other.chosen.Del(key)
	} else {
		other.chosen.Set(key, value)
	}
	return other.String()
}

// Tab is the address of the place with a tab open, and nothing before it.
func (p place) Tab(id string) string {
	other := place{world: p.world, chosen: url.Values{}}
	for k, v := range p.chosen {
		if !slices.Contains([]string{keyAbout, keyFind, keyBegun, keyAt, keyWho}, k) {
			other.chosen[k] = v
		}
	}
	return other.With(keyTab, id)
}

// A choice is a name and value in an address.
type choice struct{ Name, Value string }

// But are the choices other than the keys given, for the hidden fields of a form
// that chooses those.
func (p place) But(keys ...string) []choice {
	var rest []choice
	for name := range p.chosen {
		if !slices.Contains(keys, name) {
			rest = append(rest, choice{name, p.chosen.Get(name)})
		}
	}
	slices.SortFunc(rest, func(a, b choice) int { return strings.Compare(a.Name, b.Name) })
	return rest
}

// tab is the open tab.
func (p place) tab() string {
	switch t := p.chosen.Get(keyTab); t {
	case tabRegistrations, tabCalls, tabTimeline, tabFaults, tabSnapshots, tabPolicy, tabTexts:
		return t
	}
	return tabCards
}

// tabView is one tab's handle.
type tabView struct {
	ID, Label, Address string
	Count              int // shown where not 0
	Open               bool
}

func (b *builder) tabs() []tabView {
	tabs := []tabView{
		{ID: tabCards, Label: "テストカード"},
		{ID: tabRegistrations, Label: "登録", Count: b.m.Registrations.Len()},
		{ID: tabCalls, Label: "電話をかける", Count: b.m.Telephone.Calls.Len()},
		{ID: tabTimeline, Label: "タイムライン"},
		{ID: tabFaults, Label: "障害", Count: len(faultRows(b.m)) + len(b.m.Defects)},
		{ID: tabSnapshots, Label: "保存と分岐"},
		{ID: tabPolicy, Label: "方針"},
		{ID: tabTexts, Label: "文言", Count: b.m.Texts.Len()},
	}
	for i, t := range tabs {
		tabs[i].Address, tabs[i].Open = b.at.Tab(t.ID), t.ID == b.at.tab() && b.at.chosen.Get(keyAbout) == "" &&
			b.at.chosen.Get(keyFind) == ""
	}
	return tabs
}
