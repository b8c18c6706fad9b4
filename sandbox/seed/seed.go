// Package seed makes worlds of a file in YAML: how their clock, policy and texts
// are, who is in them, where registrations are to be, and what goes wrong. What
// is wrong with the file is told with its line, and then nothing has changed.
package seed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A Seed is what a file says.
type Seed struct {
	Worlds []World `yaml:"worlds"`

	file *ast.File
}

// A World is how a world is to begin.
type World struct {
	Name    string             `yaml:"name"`
	Clock   Clock              `yaml:"clock"`
	Policy  map[string]any     `yaml:"policy"` // values by name, as the policy's YAML writes them
	Texts   map[string]string  `yaml:"texts"`  // sentences by id
	Members []fixtures.Member  `yaml:"members"`
	At      []Place            `yaml:"at"` // registrations at their places, one after the other
	Faults  map[string][]Fault `yaml:"faults"`
	Defects []string           `yaml:"defects"`
}

// A Clock is what a world's clock shows, and whether it runs; left out, it is as
// that of any fresh world.
type Clock struct {
	Now     string `yaml:"now"`
	Running *bool  `yaml:"running"`
}

// move is the clock's move.
func (c Clock) move() (world.ClockMove, error) {
	m := world.ClockMove{Running: c.Running}
	if c.Now == "" {
		return m, nil
	}
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04",
		time.DateOnly} {
		if t, err := time.ParseInLocation(form, c.Now, clock.Japan); err == nil {
			m.Set = &t
			return m, nil
		}
	}
	return m, fmt.Errorf("%q is no time like 2026-12-01T09:00:00+09:00", c.Now)
}

// A Place says where a registration is to be; see package place.
type Place struct {
	Place   string `yaml:"place"`
	Channel string `yaml:"channel"`
	Device  string `yaml:"device"`
	Member  string `yaml:"member"`
}

// A Fault is one that is planned: of a provider (sms, mail, call, issuer), or of
// the member-facing port (member), which has route, method and status.
type Fault struct {
	Kind    string        `yaml:"kind"`
	To      string        `yaml:"to"`
	From    string        `yaml:"from"`
	Times   int           `yaml:"times"`
	By      time.Duration `yaml:"by"`
	Percent int           `yaml:"percent"`
	Reason  string        `yaml:"reason"`
	Method  string        `yaml:"method"`
	Route   string        `yaml:"route"`
	Status  int           `yaml:"status"`
}

// An Error is what is wrong with a file, and where. Line is 0 where it is wrong as
// a whole.
type Error struct {
	Line int
	Text string

	cause error
}

// Unwrap is what a world said of it.
func (e *Error) Unwrap() error { return e.cause }

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Text)
}

// Parse reads a file. The error is an *Error.
func Parse(data []byte) (Seed, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors write a byte-order mark
	if line := notUTF8(data); line > 0 {
		return Seed{}, &Error{Line: line, Text: "it is not written in UTF-8"}
	}
	file, err := read(data)
	if err != nil {
		return Seed{}, err
	}
	if len(file.Docs) > 1 {
		return Seed{}, &Error{Line: documentLine(file.Docs[1]), Text: "a second document begins; write all worlds into one"}
	}
	s := Seed{file: file}
	if err := s.decode(data); err != nil {
		return Seed{}, err
	}
	if len(s.Worlds) == 0 {
		return Seed{}, &Error{Text: "there are no worlds in it"}
	}
	names := map[string]bool{}
	for i, w := range s.Worlds {
		if err := world.CheckName(w.Name); err != nil {
			return Seed{}, s.wrong(err, "$.worlds[%d].name", i)
		}
		if names[w.Name] {
			return Seed{}, s.wrong(fmt.Errorf("there are two worlds %s", w.Name), "$.worlds[%d].name", i)
		}
		names[w.Name] = true
		if err := s.distinct(i, w.Members); err != nil {
			return Seed{}, err
		}
	}
	return s, nil
}

// distinct refuses members of one world that would take each other's place.
func (s Seed) distinct(i int, members []fixtures.Member) error {
	ids, cards := map[string]bool{}, map[string]bool{}
	for j, m := range members {
		if m.ID != "" && ids[m.ID] {
			return s.wrong(fmt.Errorf("there are two members of id %s", m.ID), "$.worlds[%d].members[%d].id", i, j)
		}
		ids[m.ID] = true
		for k, c := range m.Cards {
			number := registration.Digits(c.Number)
			if number != "" && cards[number] {
				return s.wrong(errors.New("there are two cards of this number"), "$.worlds[%d].members[%d].cards[%d].number", i, j, k)
			}
			cards[number] = true
		}
	}
	return nil
}

// notUTF8 is the first line that is not in UTF-8, 0 for none.
func notUTF8(data []byte) int {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 0
}

// documentLine is where a document begins, 0 where that cannot be told.
func documentLine(d *ast.DocumentNode) int {
	switch {
	case d.Start != nil:
		return d.Start.Position.Line
	case d.Body != nil:
		return lineOf(d.Body)
	}
	return 0
}

// told is an error of the parser as an *Error.
func told(err error) error {
	var positioned yaml.Error
	if !errors.As(err, &positioned) || positioned.GetToken() == nil {
		return &Error{Text: err.Error()}
	}
	return &Error{Line: positioned.GetToken().Position.Line, Text: positioned.GetMessage()}
}

// wrong is an error at a path of the file, or at what that would be in.
func (s Seed) wrong(err error, path string, at ...any) error {
	e := &Error{Text: err.Error(), cause: err}
	for path = fmt.Sprintf(path, at...); path != "$" && e.Line == 0; path = path[:strings.LastIndexAny(path, ".[")] {
		p, bad := yaml.PathString(path)
		if bad != nil {
			continue
		}
		if node, none := p.FilterFile(s.file); none == nil && node.GetToken() != nil {
			e.Line = lineOf(node)
		}
	}
	return e
}

// lineOf is where a node begins: a mapping begins with its first key.
func lineOf(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position.Line
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		return m.Key.GetToken().Position.Line
	}
	return n.GetToken().Position.Line
}

// patch is a policy as a merge patch.
func (w World) patch() (json.RawMessage, error) {
	if len(w.Policy) == 0 {
		return nil, nil
	}
	return json.Marshal(w.Policy)
}

// plan is the plan of a provider.
func plan(faults []Fault, provider string) (fault.Plan, error) {
	var p fault.Plan
	for _, f := range faults {
		if f.Method != "" || f.Route != "" || f.Status != 0 {
			return p, errors.New("method, route and status are of a fault of member")
		}
		whom, other := f.To, f.From
		if provider == world.ProviderCall {
			whom, other = f.From, f.To
		}
		if other != "" {
			return p, errors.New("a fault of calls has from, one of anything else to")
		}
		p.Faults = append(p.Faults, fault.Fault{Kind: fault.Kind(f.Kind), To: whom, Times: max(f.Times, 1), By: f.By, Percent: f.Percent,
			Reason: fault.Reason(f.Reason)})
	}
	return p, nil
}

// memberFaults is the plan of the member-facing port.
func memberFaults(faults []Fault) ([]world.MemberFault, error) {
	var all []world.MemberFault
	for _, f := range faults {
		if f.To != "" || f.From != "" || f.Percent != 0 || f.Reason != "" {
			return nil, errors.New("to, from, percent and reason are of a fault of a provider")
		}
		all = append(all, world.MemberFault{Kind: world.MemberFaultKind(f.Kind), Method: f.Method, Route: f.Route, Times: max(f.Times, 1),
			By: f.By, Status: f.Status})
	}
	return all, nil
}

// A Planting says how a seed is planted.
type Planting struct {
	// Replace makes a world of a name that is there make room; else it is an error.
	Replace bool
	// Keep leaves a world that is there as it is.
	Keep bool
}
