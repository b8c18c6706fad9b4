package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

var update = flag.Bool("update", false, "write described.json anew")

// explored is what the document tells of an operation.
type explored struct {
	Request  json.RawMessage     `json:"request,omitempty"`
	Response json.RawMessage     `json:"response,omitempty"`
	Refused  map[string]*refused `json:"refused"`
}

type refused struct {
	Codes   []string        `json:"codes"`
	Fields  []string        `json:"field_codes,omitempty"`
	Example json.RawMessage `json:"example"`
}

// An explorer takes operations, and keeps what came back.
type explorer struct {
	t       *testing.T
	service *world.Service
	handler http.Handler
	store   *store.Memory
	found   map[string]*explored
	source  *countingSource
}

// countingSource makes ids that are the same in each run.
type countingSource struct{ made int }

func (s *countingSource) next() int { s.made++; return s.made }

func (s *countingSource) ID() string             { return fmt.Sprintf("reg-%026d", s.next()) }
func (s *countingSource) Token() string          { return fmt.Sprintf("TOKEN%021d", s.next()) }
func (s *countingSource) Passcode(int) string    { return "482913" }
func (s *countingSource) NetAnswerID(int) string { return fmt.Sprintf("hana%04d", 2026+s.next()) }

func explore(t *testing.T, bounds world.Bounds) *explorer {
	t.Helper()
	machine := func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Japan) }
	e := &explorer{t: t, store: store.NewMemory(machine, bounds), found: map[string]*explored{}, source: &countingSource{}}
	var err error
	if e.service, err = world.New(world.Config{Machine: machine, Bounds: bounds, Store: e.store, Source: e.source}); err != nil {
		t.Fatal(err)
	}
	e.handler = api.New(e.service, slog.New(slog.DiscardHandler))
	return e
}

// ask sends one request, and keeps what came back for the document.
func (e *explorer) ask(op operation, id, body string, headers ...string) answer {
	p := place{t: e.t, handler: e.handler, exploring: true}
	a := p.do(op.method, strings.ReplaceAll(op.path, "{}", id), body, headers...)
	seen := e.found[op.id]
	if seen == nil {
		seen = &explored{Refused: map[string]*refused{}}
		e.found[op.id] = seen
	}
	if a.status == http.StatusNoContent {
		return a
	}
	if a.status < 300 {
		if seen.Response == nil || len(op.bodies) > 0 && body == op.bodies[0] && seen.Request == nil {
			seen.Request, seen.Response = json.RawMessage(body), json.RawMessage(a.raw)
		}
		return a
	}
	if a.status == http.StatusInternalServerError {
		e.t.Errorf("%s %s: %s", op.id, body, a.raw)
	}
	status := fmt.Sprint(a.status)
	r := seen.Refused[status]
	if r == nil {
		r = &refused{}
		seen.Refused[status] = r
	}
	code, _ := a.body["code"].(string)
	r.Codes = insert(r.Codes, code)
	fields, _ := a.body["errors"].([]any)
	for _, f := range fields {
		r.Fields = insert(r.Fields, f.(map[string]any)["code"].(string))
	}
	if example := withoutScreen(a.body); r.Example == nil || len(fields) > 0 && len(example) > len(r.Example) && len(example) < 700 {
		r.Example = example
	}
	if a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") == "" {
		e.t.Errorf("%s: 429 %s without Retry-After", op.id, code)
	}
	return a
}

func insert(sorted []string, s string) []string {
	at, found := slices.BinarySearch(sorted, s)
	if found {
		return sorted
	}
	return slices.Insert(sorted, at, s)
}

func withoutScreen(body map[string]any) json.RawMessage {
	rest := maps.Clone(body)
	delete(rest, "screen")
	data, _ := json.Marshal(rest) // was JSON
	return data
}

// A standing is a state of the world default, a registration in it, and the
// token of a log-in.
type standing struct {
	state     world.State
	id, token string
}

func (e *explorer) keep(id, token string) standing {
	m, err := e.store.View(e.t.Context(), "default")
	if err != nil {
		e.t.Fatal(err)
	}
	return standing{m, id, token}
}

// at puts the world default where it was.
func (e *explorer) at(s standing) {
	err := e.store.Update(e.t.Context(), "default", func(st *world.State) error { *st = s.state; return nil })
	if err != nil {
		e.t.Fatal(err)
	}
}

// by finds an operation.
func by(id string) operation {
	return operations[slices.IndexFunc(operations, func(o operation) bool { return o.id == id })]
}

// step takes an operation with its first body, or the body given.
func (e *explorer) step(op, id, body string) answer {
	o := by(op)
	if body == "" && len(o.bodies) > 0 {
		body = o.bodies[0]
	}
	return e.ask(o, id, body)
}

func (e *explorer) control(setup world.Setup) {
	if _, err := e.service.Control().Arrange(e.t.Context(), "default", setup); err != nil {
		e.t.Fatal(err)
	}
}

func (e *explorer) id(a answer) string {
	id, _ := a.body["id"].(string)
	if id == "" {
		e.t.Fatal(a.raw)
	}
	return id
}

// everything takes every operation in every standing, also where the providers
// or the core system do not answer.
func (e *explorer) everything(broken bool) {
	for _, s := range e.standings() {
		for _, op := range operations {
			bodies := op.bodies
			if bodies == nil {
				bodies = []string{""}
			}
			if broken {
				bodies = bodies[:1] // what is wrong with the others is told before anybody else is asked
			}
			for _, body := range bodies {
				e.at(s)
				if broken {
					e.breakDown()
				}
				var headers []string
				if s.token != "" {
					headers = []string{"Authorization", "Bearer " + s.token}
				}
				e.ask(op, s.id, body, headers...)
			}
		}
	}
}

func (e *explorer) breakDown() {
	for _, provider := range []string{world.ProviderSMS, world.ProviderMail, world.ProviderIssuer} {
		if err := e.service.Control().PlanFaults(e.t.Context(), "default", provider, []fault.Fault{{Kind: fault.Refuse,
			Times: 1000}}); err != nil {
			e.t.Fatal(err)
		}
	}
}

// malformed sends what is no request at all.
func (e *explorer) malformed() {
	for _, op := range operations {
		e.ask(op, "reg-unknown", first(op.bodies), "Netanswer-World", "Not A World")
		e.ask(op, "reg-unknown", first(op.bodies), "Netanswer-World", "one", "Host", "two.localhost")
		e.ask(op, strings.Repeat("r", 65), first(op.bodies))
		if op.bodies != nil {
			for _, body := range []string{``, `{`, `[]`, `{"x":1}`, `{"passcode":"` + strings.Repeat("4", 70<<10) + `"}`} {
				e.ask(op, "reg-unknown", body)
			}
			e.ask(op, "reg-unknown", first(op.bodies), "Content-Type", "text/plain")
		}
	}
	e.ask(operation{id: "describe-screen", method: "GET", path: "/api/described/x"}, "", "")
	e.ask(operation{id: "describe-screen", method: "GET", path: "/api/described/search?words=" + strings.Repeat("x", 201)}, "", "")
	e.ask(operation{id: "describe-app-screen", method: "GET", path: "/api/app/described/x"}, "", "")
	e.ask(operation{id: "get-screen", method: "GET", path: "/api/screens/x"}, "", "")
	for _, op := range operations {
		if takesKey(op) {
			e.ask(op, "reg-unknown", first(op.bodies), "Idempotency-Key", strings.Repeat("k", 201))
		}
	}
	e.keys()
}

// keys sends keys of the client's that another step had.
func (e *explorer) keys() {
	fresh := explore(e.t, world.DefaultBounds())
	fresh.found = e.found
	e = fresh
	start := by("app-start")
	id := e.id(e.ask(start, "", start.bodies[0], "Idempotency-Key", "start"))
	e.ask(start, "", strings.Replace(start.bodies[0], "iphone", "android", 1), "Idempotency-Key", "start")
	for _, op := range operations {
		if takesKey(op) {
			e.ask(by("app-card"), id, hanakosCard, "Idempotency-Key", "first-"+op.id)
			e.ask(op, id, last(op.bodies), "Idempotency-Key", "first-"+op.id)
			e.ask(by("app-email"), id, `{}`, "Idempotency-Key", "second-"+op.id)
			e.ask(op, id, last(op.bodies), "Idempotency-Key", "second-"+op.id)
		}
	}
}

// takesKey tells whether an operation is a step in the app.
func takesKey(op operation) bool {
	return strings.HasPrefix(op.path, "/api/app/registrations") && op.method != "GET" && op.id != "app-open"
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

func last(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

func TestTheDocumentTellsWhatEveryOperationGives(t *testing.T) {
	e := explore(t, world.DefaultBounds())
	e.everything(false)
	e.everything(true)
	e.malformed()
	e.full()
	got, err := json.MarshalIndent(e.found, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile("described.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("described.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf(
			"described.json is not what the operations give; go test ./sandbox/api -update (-want +got):\n%s",
			cmp.Diff(string(want), string(got)),
		)
	}
}

// full takes every operation in a sandbox that holds as much as it may.
func (e *explorer) full() {
	bounds := world.DefaultBounds()
	bounds.Worlds, bounds.Journeys = 1, 1
	for _, name := range []string{"default", "other"} {
		f := explore(e.t, bounds)
		f.found = e.found
		if _, err := f.service.Control().Arrange(e.t.Context(), name, world.Setup{}); err != nil {
			e.t.Fatal(err)
		}
		if name == "default" {
			f.step("start-registration", "", "")
		}
		for _, op := range operations {
			f.ask(op, "reg-unknown", first(op.bodies))
		}
	}
}
