package browser_test

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/screen"
)

// This file holds that a page and the description of its screen are one: what a
// browser perceives, in its order, is what package screen says, on a desktop and
// on a phone. Nothing is on the page that the description lacks, and nothing is
// described that the page lacks.

// perceived reads a page from its top: headings and sentences, what can be
// written in and what can be pressed, by what somebody sees or has read out.
// What stands around every screen is left out.
const perceived = `() => {
  const fold = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const around = ".skip, .sandbox, a.brand, .app-bar > .brand, .foot";
  const seen = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !el.closest("[aria-hidden=true]");
  const spoken = (el) => fold([...el.childNodes].map((n) => n.nodeType === 3 ? n.data : n.nodeType === 1 && n.ariaHidden !== "true" ? spoken(n) : "").join(""));
  const name = (el) => fold(el.ariaLabel) || [...(el.labels ?? [])].map(spoken).join(" ") || spoken(el);
  const out = [];
  const say = (kind, text, more = "") => { if (text !== "") out.push(kind + " " + text + more); };
  const state = (el) => (el.ariaRequired === "true" ? " *" : "") + (el.ariaInvalid === "true" ? " !" : "") + (el.checked ? " ✓" : "");
  const how = (el) => {
    if (["checkbox", "radio"].includes(el.type)) return "";
    const attributes = ["inputmode", "autocomplete", "maxlength"].map((a) => el.getAttribute(a));
    const choices = [...(el.options ?? [])].map((o) => spoken(o) + (o.selected && o.value !== "" ? " ✓" : ""));
    return " (" + [el.options ? "choice" : el.type, ...attributes, ...choices].filter(Boolean).join(", ") + ")";
  };
  function walk(el) {
    if (!seen(el) || el.matches(around)) return;
    if (el.matches("h1, h2, h3, h4")) return say("heading", spoken(el));
    if (el.matches("label, option, script, noscript")) return;
    if (el.matches("legend")) return say("group", spoken(el));
    if (el.matches("input[type=hidden]")) return;
    if (el.matches("input, select, textarea")) return say("field", name(el), state(el) + how(el) + (el.type === "password" && el.value ? " SECRET" : ""));
    if (el.matches("progress")) return say("progress", String(el.value) + "/" + String(el.max));
    if (el.matches("img, [role=img]")) return say("picture", fold(el.alt ?? el.ariaLabel));
    if (el.matches("a[href^='#']")) return say("text", spoken(el));
    if (el.matches("a[href]")) return say("press", name(el), " →");
    if (el.matches("button")) return say("press", name(el));
    if (el.matches("li[aria-current=step]")) return say("step", spoken(el), " <");
    if (el.matches("ol.progress > li")) return say("step", spoken(el));
    if ([...el.childNodes].some((n) => n.nodeType === 3 && fold(n.data) !== "") && !el.querySelector("a[href], button, input")) return say("text", spoken(el));
    for (const child of el.children) walk(child);
  }
  walk(document.body);
  return out;
}`

// A reading is what a description says, in the words of perceived.
type reading struct {
	device string
	shown  map[string]bool // actions that this device shows
	lines  []string
}

func (r *reading) say(kind, text, more string) {
	if text != "" {
		r.lines = append(r.lines, kind+" "+text+more)
	}
}

func describedOn(device string, s screen.Screen) []string {
	r := &reading{device: device, shown: map[string]bool{}}
	r.note(s.Content)
	r.all(s.Bar)
	r.say("heading", s.Heading, "")
	if p := s.Progress; p != nil && p.Steps == nil {
		r.say("progress", strconv.Itoa(p.Current)+"/"+strconv.Itoa(p.Of), "")
		r.say("text", strconv.Itoa(p.Current)+" / "+strconv.Itoa(p.Of), "")
	} else if p != nil {
		for i, step := range p.Steps {
			r.say("step", step, map[bool]string{true: " <"}[i+1 == p.Current])
		}
	}
	r.messages(s)
	r.all(s.Content)
	for _, tab := range s.Tabs {
		r.press(tab)
	}
	return r.lines
}

// messages stand in three parts: what is about the whole, what is about fields,
// and what was done.
func (r *reading) messages(s screen.Screen) {
	part := func(are func(screen.Message) bool) {
		for _, m := range s.Messages {
			if are(m) {
				r.say("text", strings.TrimSpace(m.Label+" "+m.Text), "")
			}
		}
	}
	part(func(m screen.Message) bool { return m.Tone == screen.Alert && m.Field == "" })
	r.say("heading", s.Problem, "")
	part(func(m screen.Message) bool { return m.Tone == screen.Alert && m.Field != "" })
	part(func(m screen.Message) bool { return m.Tone != screen.Alert })
}

func (r *reading) hidden(e screen.Element) bool { return e.Device != "" && e.Device != r.device }

// note notes the actions that this device shows.
func (r *reading) note(elements []screen.Element) {
	for _, e := range elements {
		if e.Kind == screen.Act && !r.hidden(e) {
			r.shown[e.Action.Name] = true
		}
		r.note(e.Content)
	}
}

func (r *reading) all(elements []screen.Element) {
	for i, e := range elements {
		if !r.hidden(e) && (e.Behind == "" || !r.shown[e.Behind]) && !belongs(e) {
			r.read(e, elements[i+1:])
		}
	}
}

// belongs tells whether an element is part of the field before it.
func belongs(e screen.Element) bool { return e.Kind == screen.Meter || e.Kind == screen.Keyboard }

func (r *reading) read(e screen.Element, after []screen.Element) {
	switch e.Kind {
	case screen.Section, screen.Terms, screen.Heading:
		if e.Kind != screen.Terms || r.device == "sp" { // on a desktop the part has that heading already
			r.say("heading", e.Text, "")
		}
		r.all(e.Content)
	case screen.Group:
		r.group(e)
	case screen.Input:
		r.field(*e.Field, after)
	case screen.Act:
		r.texts(e.Action.Errors)
		r.press(*e.Action)
	case screen.Values:
		r.values(e.Values)
	case screen.Rows:
		for _, row := range append([][]string{e.Columns}, e.Rows...) {
			r.texts(row)
		}
	case screen.Image:
		r.say("picture", e.Text, "")
	case screen.Busy:
		r.say("progress", strconv.Itoa(e.Percent)+"/100", "")
		r.say("text", e.Text, "")
	case screen.Form, screen.List, screen.Item:
		r.all(e.Content)
	default:
		r.say("text", e.Text, "")
	}
}

func (r *reading) texts(all []string) {
	for _, text := range all {
		r.say("text", text, "")
	}
}

func (r *reading) group(e screen.Element) {
	r.say("group", e.Text, "")
	var ways []screen.Element
	for i, c := range e.Content {
		switch {
		case c.Kind == screen.Input:
			r.say("field", c.Field.Label, mark(c.Field.Required, len(e.Errors)+len(c.Field.Errors) > 0, false)+how(*c.Field))
			r.texts(c.Field.Help)
			r.texts(c.Field.Errors)
		case c.Kind == screen.Act:
			ways = append(ways, c)
		case !belongs(c):
			r.read(c, e.Content[i+1:])
		}
	}
	r.texts(e.Help)
	r.texts(e.Errors)
	r.all(ways)
}

func mark(required, wrong, ticked bool) string {
	return map[bool]string{true: " *"}[required] + map[bool]string{true: " !"}[wrong] + map[bool]string{true: " ✓"}[ticked]
}

func (r *reading) field(f screen.Field, after []screen.Element) {
	if f.Kind == "options" {
		r.say("group", f.Label, "")
		for _, c := range f.Choices {
			r.say("field", c.Label, mark(f.Required, len(f.Errors) > 0, c.Chosen))
		}
		r.texts(f.Errors)
		return
	}
	r.say("field", f.Label, mark(f.Required, len(f.Errors) > 0, f.Ticked)+how(f))
	for _, e := range after {
		if belongs(e) && e.Name == f.Name && !r.hidden(e) {
			if e.Kind == screen.Meter {
				r.say("text", e.Text, "")
				continue
			}
			r.say("press", e.Text, "")
			r.say("press", e.Action.Label, "")
		}
	}
	r.texts(f.Help)
	r.texts(f.Errors)
}

// press is an action, and whether it is a link.
func (r *reading) press(a screen.Action) {
	r.say("press", a.Label, map[string]string{"link": " →"}[a.Kind])
}

// how is what a field is to the hand: its kind, keyboard, what a browser may fill in,
// how much it takes, and what there is to choose.
func how(f screen.Field) string {
	if f.Kind == "tick" || f.Kind == "options" {
		return ""
	}
	all := []string{f.Kind, f.InputMode, f.Autocomplete}
	if f.MaxLength > 0 {
		all = append(all, strconv.Itoa(f.MaxLength))
	}
	for _, c := range f.Choices {
		all = append(all, c.Label+map[bool]string{true: " ✓"}[c.Chosen && c.Value != ""])
	}
	return " (" + strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), ", ") + ")"
}

func (r *reading) values(all []screen.Value) {
	for _, v := range all {
		r.say("text", v.Label, "")
		if v.Action != nil {
			r.press(*v.Action)
		} else {
			r.say("text", v.Text, "")
		}
		r.values(v.Parts)
		r.say("text", v.Note, "")
	}
}

func TestAPageIsWhatItsDescriptionSays(t *testing.T) {
	b, _ := newChromium(t)
	_, stories := galleryOf(t, b)
	for device, w := range map[string]width{"pc": desktop, "sp": phone} {
		t.Run(device, func(t *testing.T) {
			page := newPage(t, b, w)
			for _, address := range stories {
				visit(t, page, address)
				got := evaluate[[]string](t, page, "("+perceived+")()")
				if diff := cmp.Diff(describedOn(device, descriptionOf(t, address)), got); diff != "" {
					t.Errorf("%s: described and perceived (-want +got):\n%s", path.Base(address), diff)
				}
			}
		})
	}
}

func descriptionOf(t *testing.T, address string) (s screen.Screen) {
	t.Helper()
	answer, err := http.Get(address + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&s); err != nil {
		t.Fatalf("%s.json: %v", address, err)
	}
	return s
}
