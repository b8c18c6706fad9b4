package api_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// A place is an API over a sandbox whose machine clock a test moves.
type place struct {
	t       testing.TB
	handler http.Handler
	service *world.Service
	now     time.Time

	exploring bool // finds out what the document is to tell
}

func open(t testing.TB) *place {
	t.Helper()
	p := &place{t: t, now: time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)}
	machine := func() time.Time { return p.now }
	s, err := world.New(
		world.Config{Machine: machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(machine, world.DefaultBounds())},
	)
	if err != nil {
		t.Fatal(err)
	}
	p.service, p.handler = s, api.New(s, slog.New(slog.DiscardHandler))
	return p
}

// An answer is what came back, its body read as JSON where it is.
type answer struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

func (p *place) do(method, path, body string, headers ...string) answer {
	p.t.Helper()
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Host = "localhost"
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			q.Host = headers[i+1]
		}
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, q)
	data, err := io.ReadAll(w.Result().Body)
	if err != nil {
		p.t.Fatal(err)
	}
	a := answer{status: w.Code, header: w.Header(), raw: string(data)}
	_ = json.Unmarshal(data, &a.body) // what is no JSON has no body to look at
	p.documented(q, a)
	return a
}

const goodForm = `{"card_number":"4242420000010017","expiry_month":"11","expiry_year":"35","security_code":"123","net_answer_id":"hanako2026",` +
	`"password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"hanako@example.jp","terms_agreed":true}`

func (p *place) start() string {
	p.t.Helper()
	a := p.do(http.MethodPost, "/api/registrations", "")
	if a.status != http.StatusCreated {
		p.t.Fatal(a.raw)
	}
	return "/api/registrations/" + a.body["id"].(string)
}

func (p *place) passcode() string {
	p.t.Helper()
	m, err := p.service.Snapshot(p.t.Context(), "default")
	if err != nil {
		p.t.Fatal(err)
	}
	sms, ok := m.SMS.Latest("", "", m.Now)
	if !ok {
		p.t.Fatal("no SMS")
	}
	return sms.Passcode.Code
}
