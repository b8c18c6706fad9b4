package target

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// An Instance is one copy of the implementation, everything in it spelled out.
type Instance struct {
	Web, App, API string
	Providers     Providers
	Reset         *Reset
	Clock         *Clock
	Ask           Ask
}

// word is something that an instance gives, variable something that the
// environment does, remark what is for people only.
var (
	remark   = regexp.MustCompile(`(?m)(^|\s)#.*$`)
	word     = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)
	variable = regexp.MustCompile(`\$\{[A-Z][A-Z0-9_]*\}`)
)

// Copies are the instances, one where the file lists none.
func (t Target) Copies() []Instance {
	list := t.Instances
	if len(list) == 0 {
		list = []map[string]string{nil}
	}
	copies := make([]Instance, len(list))
	for i, words := range list {
		p := t.Providers
		for _, field := range []*string{&p.World, &p.Claim, &p.Adapter, &p.Console, &p.Token, &p.Voice, &p.VoiceToken, &p.CallEnded} {
			*field = t.spell(*field, words)
		}
		copies[i] = Instance{Web: t.spell(t.Web, words), App: t.spell(t.App, words), API: t.spell(t.API, words),
			Providers: p, Reset: t.spellReset(words), Clock: t.spellClock(words), Ask: t.spellAsk(words)}
	}
	return copies
}

func (t Target) spellAsk(words map[string]string) (out Ask) {
	for _, of := range []struct{ to, from **Call }{{&out.Policy, &t.Ask.Policy}, {&out.Phone, &t.Ask.Phone},
		{&out.Enrolments, &t.Ask.Enrolments}} {
		if *of.from != nil {
			call := t.spellCall(**of.from, words)
			*of.to = &call
		}
	}
	return out
}

func (t Target) spellReset(words map[string]string) *Reset {
	if t.Reset == nil {
		return nil
	}
	out := Reset{Call: t.spellCall(t.Reset.Call, words), Used: t.spell(t.Reset.Used, words)}
	for _, word := range t.Reset.Command {
		out.Command = append(out.Command, t.spell(word, words))
	}
	return &out
}

func (t Target) spellClock(words map[string]string) *Clock {
	if t.Clock == nil {
		return nil
	}
	return &Clock{Call: t.spellCall(t.Clock.Call, words), Precision: t.Clock.Precision}
}

func (t Target) spellCall(c Call, words map[string]string) Call {
	out := Call{Method: c.Method, URL: t.spell(c.URL, words), Body: t.spell(c.Body, words), Headers: map[string]string{}}
	for name, value := range c.Headers {
		out.Headers[name] = t.spell(value, words)
	}
	return out
}

// spell puts in what words and variables stand for, and leaves others alone.
func (t Target) spell(text string, words map[string]string) string {
	text = word.ReplaceAllStringFunc(text, func(w string) string {
		if value, ok := words[strings.Trim(w, "{}")]; ok {
			return value
		}
		return w
	})
	return variable.ReplaceAllStringFunc(text, func(v string) string { return t.variables[strings.Trim(v, "${}")] })
}

// shortest is how long a secret is at least: what is shorter is part of too much
// else to be masked.
const shortest = 6

// Secrets are the values of the environment that the file names, and the
// members' passwords: what must stand in no report.
func (t Target) Secrets() []string {
	list := slices.Collect(maps.Values(t.variables))
	for _, m := range t.Members {
		for _, one := range m.Spares() {
			list = append(list, one.Password)
		}
	}
	return slices.DeleteFunc(list, func(s string) bool { return len(s) < shortest })
}
