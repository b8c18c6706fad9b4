package screen

import (
	"strings"

	"example.com/netanswer/sandbox/world"
)

// Search is the emulated search engine (p25-5), after words were looked for if
// they are not "".
func Search(m world.Snapshot, words string) Screen {
	k := begin(m, "search", Told{})
	k.add(Element{Kind: Form, Name: "search", Style: "search", Content: []Element{
		{Kind: Input, Field: &Field{Name: "q", Label: k.say("label"), Kind: "search", Value: words, Autocomplete: "off"}},
		k.press("submit", button, "search"),
	}})
	switch {
	case Finds(m, words):
		k.add(Element{Kind: List, Style: "results", Content: []Element{{Kind: Item, Content: []Element{
			{Kind: Act, Action: &Action{Name: "home", Label: k.say("result"), Kind: link, LeadsTo: "home", Style: "heading"}},
			{Kind: Text, Text: m.Say("home.address"), Style: "address"},
			{Kind: Text, Text: m.Say("home.lead")},
		}}}})
	case words != "":
		k.add(Element{Kind: Note, Tone: Status, Text: k.say("nothing", "words", words), Style: "results"})
	}
	return k.done()
}

// Finds tells whether every one of the words stands in the title of the
// company's home page. Words are separated by space, ideographic space included.
func Finds(m world.Snapshot, words string) bool {
	title := strings.ToLower(m.Say("search.result"))
	all := strings.Fields(words)
	for _, word := range all {
		if !strings.Contains(title, strings.ToLower(word)) {
			return false
		}
	}
	return len(all) > 0
}

// Home is the company's home page (p25). It has one link to the log-in page for
// a desktop and one for a smartphone.
func Home(m world.Snapshot) Screen {
	k := begin(m, "home", Told{})
	k.s.Bar = []Element{
		{
			Kind:   Act,
			Device: "pc",
			Action: &Action{Name: "login", Label: k.say("login_pc"), Kind: link, LeadsTo: "entrance", Style: "small"},
		},
		{
			Kind:   Act,
			Device: "sp",
			Action: &Action{Name: "login", Label: k.say("login_sp"), Kind: link, LeadsTo: "entrance", Style: "small"},
		},
	}
	k.add(k.text("lead", "hero"),
		Element{Kind: List, Style: "features", Content: []Element{
			feature(m.Say("portal.points"), k.say("points")), feature(m.Say("portal.statement"), k.say("statement")),
			feature(k.say("procedures_heading"), k.say("procedures"))}},
		section("portal-banner card", "", k.text("portal_lead", ""), k.press("portal", link, "app_guide", accent)))
	return k.done()
}

func feature(heading, text string) Element {
	return Element{Kind: Item, Style: "card", Content: []Element{{Kind: Heading, Text: heading, Style: "2"}, {Kind: Text, Text: text}}}
}

// Entrance is the log-in page, which is also the way to a new registration
// (p23, p25).
func Entrance(m world.Snapshot, told Told) Screen {
	k := begin(m, "entrance", told)
	prepare := func(what string, notes ...Element) Element {
		return Element{Kind: Item, Content: append([]Element{k.text(what, "")}, notes...)}
	}
	k.add(Element{Kind: Section, Style: "pair", Content: []Element{
		{Kind: Form, Name: "login", Style: "card", Content: []Element{
			k.input("net_answer_id", "text", required, fills("username"), value(k.entered("net_answer_id", ""))),
			k.input("password", "password", required, fills("current-password")),
			k.press("submit", button, "portal"),
		}},
		section("card first-time", k.say("first_time"),
			k.press("register", link, "input", accent),
			Element{Kind: Heading, Text: k.say("guide"), Style: "3"},
			Element{Kind: Heading, Text: k.say("prepare"), Style: "4"},
			Element{Kind: List, Style: "prepare", Content: []Element{
				prepare("prepare_card"),
				prepare("prepare_email", k.text("reception", "note")),
				prepare("prepare_phone", k.text("sms", "note"))}},
			Element{Kind: Heading, Text: k.say("check"), Style: "4"},
			k.press("video", link, "video", quiet)),
	}})
	return k.done()
}

// Outside is where a way on ends, because what it leads to is outside the
// sandbox: the other registration of Club On/Millennium cards (other, p26-5),
// the films (video, p4-4) and what is said of the newsletter (newsletter, p30-4).
func Outside(m world.Snapshot, name, back string) Screen {
	k := begin(m, name, Told{})
	k.add(section("card stack", "", k.text("body", "lead"), k.text("outside", ""), k.press("back", link, back, plain)))
	return k.done()
}

// progress is how far a screen of the web registration is (p26-6). The identity
// check is part of 「確認」: the guide calls both STEP 02.
func (k *maker) progress(current int) {
	k.s.Progress = &Progress{Label: k.m.Say("progress.label"), Current: current, Of: 3,
		Steps: []string{k.m.Say("progress.input"), k.m.Say("progress.confirm"), k.m.Say("progress.completed")}}
}
