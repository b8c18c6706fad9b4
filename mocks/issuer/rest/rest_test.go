package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/rest"
)

// clerk is a API that answers or fails as told, and keeps what it was asked.
type clerk struct {
	err   error
	again bool
	mu    sync.Mutex
	last  string
}

// asked is what the API was asked last.
func (c *clerk) asked() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

func (c *clerk) heard(world string, q any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = fmt.Sprintf("%s %+v", world, q)
	return c.err
}

func (c *clerk) Verify(_ context.Context, world string, q issuer.CardQuestion) (issuer.Verification, error) {
	return issuer.Verification{}, c.heard(world, q)
}

func (c *clerk) Enrol(_ context.Context, world string, q issuer.EnrolmentQuestion) (issuer.Enrolment, error) {
	return issuer.Enrolment{Repeated: c.again}, c.heard(world, q)
}

func (c *clerk) CheckPIN(_ context.Context, world string, q issuer.PINQuestion) (issuer.PINCheck, error) {
	return issuer.PINCheck{Left: 2}, c.heard(world, q)
}

func (c *clerk) Standing(_ context.Context, world string, q issuer.StandingQuestion) (issuer.Standing, error) {
	return issuer.Standing{Name: "見本 花子"}, c.heard(world, q)
}

func serve(t *testing.T, c *clerk) string {
	t.Helper()
	server := httptest.NewServer(rest.New(rest.Config{API: c, Body: 1 << 10, Hold: 20 * time.Millisecond}))
	t.Cleanup(server.Close)
	return server.URL
}

func post(t *testing.T, address, body string, headers ...string) (answer *http.Response, text string, err error) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	answer, err = http.DefaultClient.Do(q)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	return answer, strings.TrimSpace(string(data)), err
}

func TestQuestionsAndAnswers(t *testing.T) {
	for _, tt := range []struct {
		path, body string
		status     int
		says, asks string
	}{
		{issuer.VerificationPath, `{"card_number":"4242420000010017","expiry_month":"11","expiry_year":"35","security_code":"123"}`, 200,
			`{"verified":false}`, `mine {CardNumber:4242420000010017 ExpiryMonth:11 ExpiryYear:35 SecurityCode:123}`},
		{issuer.EnrolmentPath, `{"card_number":"4242420000010017"}`, 201, `{"repeated":false}`, `mine {CardNumber:4242420000010017 Key:k}`},
		{issuer.PINPath, `{"card_number":"4242420000010017","pin":"2580","more":"x"}`, 200, `{"right":false,"tries_left":2,"stopped":false}`,
			`mine {CardNumber:4242420000010017 PIN:2580}`},
		{issuer.StandingPath, `{"card_number":"4242420000010017"}`, 200, `{"name":"見本 花子","points":0,"credit_limit":0,"cashing_limit":0}`,
			`mine {CardNumber:4242420000010017}`},
	} {
		c := &clerk{}
		answer, text, err := post(t, serve(t, c)+tt.path, tt.body, "Netanswer-World", "mine", "Idempotency-Key", "k")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]any{tt.status, tt.says, tt.asks, "application/json", "no-store"},
			[]any{answer.StatusCode, text, c.asked(), answer.Header.Get("Content-Type"), answer.Header.Get("Cache-Control")}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.path, diff)
		}
	}
	if answer, text, err := post(t, serve(t, &clerk{again: true})+issuer.EnrolmentPath, `{"card_number":"4242420000010017"}`, "Idempotency-Key", "k"); err != nil ||
		answer.StatusCode != 200 ||
		text != `{"repeated":true}` {
		t.Errorf("again: %+v %s %v", answer, text, err)
	}
}

func TestProblems(t *testing.T) {
	const question, secret = `{"card_number":"4242420000010017","pin":"2580"}`, "2580"
	for _, tt := range []struct {
		name, method, path, body string
		err                      error
		headers                  []string
		status                   int
		code                     string
	}{
		{name: "no such card", body: question, err: issuer.ErrUnknownCard, status: 404, code: "card_unknown"},
		{name: "no such world", body: question, err: fmt.Errorf("%w: x", issuer.ErrWorld), status: 400, code: "world_name"},
		{name: "a planned refusal", body: question, err: fmt.Errorf("%w: refuse", fault.ErrFault), status: 503, code: "unavailable"},
		{name: "full", body: question, err: errors.New("full"), status: 503, code: "full"},
		{name: "another form", body: `{"card_number":"4242420000010017","pin":"2580x"}`, status: 422, code: "malformed"},
		{name: "another type", body: `{"card_number":4242420000010017,"pin":"2580"}`, status: 422, code: "malformed"},
		{name: "a field missing", body: `{"pin":"2580"}`, status: 422, code: "malformed"},
		{name: "nothing", body: "", status: 400, code: "malformed"},
		{name: "no JSON", body: `2580{`, status: 422, code: "malformed"},
		{name: "another kind", body: question, headers: []string{"Content-Type", "text/plain"}, status: 415, code: "media_type"},
		{name: "no key", path: issuer.EnrolmentPath, body: `{"card_number":"4242420000010017"}`, status: 400, code: "idempotency_key_missing"},
		{name: "not here", path: issuer.Prefix + "2580", body: question, status: 404, code: "not_found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.path == "" {
				tt.path = issuer.PINPath
			}
			answer, text, err := post(t, serve(t, &clerk{err: tt.err})+tt.path, tt.body, tt.headers...)
			if err != nil {
				t.Fatal(err)
			}
			var p rest.Refusal
			if err := json.Unmarshal([]byte(text), &p); err != nil {
				t.Fatalf("%v: %s", err, text)
			}
			want := rest.Refusal{
				Type:   "urn:netanswer:problem:" + tt.code,
				Title:  http.StatusText(tt.status),
				Status: tt.status,
				Code:   tt.code,
				Detail: p.Detail,
			}
			if diff := cmp.Diff(want, p); diff != "" || answer.StatusCode != tt.status ||
				answer.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s (-want +got):\n%s", answer.Status, answer.Header.Get("Content-Type"), diff)
			}
			if p.Detail == "" || strings.Contains(text, secret) || strings.Contains(text, "4242420000010017") {
				t.Errorf("it says: %s", text)
			}
		})
	}
}

func TestTooMuchAndAnotherMethod(t *testing.T) {
	address := serve(t, &clerk{}) + issuer.PINPath
	if answer, text, err := post(t, address, `{"card_number":"4242420000010017","pin":"`+strings.Repeat("1", 2000)+`"}`); err != nil ||
		answer.StatusCode != http.StatusRequestEntityTooLarge || strings.Contains(text, "4242") {
		t.Errorf("%+v %s %v", answer, text, err)
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != http.MethodPost {
		t.Errorf("%s %v", answer.Status, answer.Header)
	}
}

func TestAnAnswerThatIsLostCutsTheConnection(t *testing.T) {
	for name, err := range map[string]error{"no answer": fault.ErrTimeOut, "a lost one": fault.ErrLost} {
		c := &clerk{err: err}
		if answer, text, err := post(t, serve(t, c)+issuer.PINPath, `{"card_number":"4242420000010017","pin":"2580"}`); !errors.Is(
			err,
			io.EOF,
		) {
			t.Errorf("%s: %+v %s %v", name, answer, text, err)
		}
		if c.asked() == "" {
			t.Errorf("%s: nobody was asked", name)
		}
	}
}

func TestTheDocumentDescribesEveryQuestion(t *testing.T) {
	answer, err := http.Get(serve(t, &clerk{}) + rest.OpenAPI + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var document struct {
		OpenAPI string
		Info    struct{ Description string }
		Paths   map[string]map[string]struct {
			Summary     string
			RequestBody struct {
				Required bool
				Content  map[string]struct{ Schema map[string]any }
			}
			Responses map[string]any
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&document); err != nil {
		t.Fatal(err)
	}
	if document.OpenAPI != "3.1.0" || !strings.Contains(document.Info.Description, "テスト専用") || len(document.Paths) != 4 {
		t.Errorf("%s %+v %d", document.OpenAPI, document.Info, len(document.Paths))
	}
	if schema := fmt.Sprint(document.Paths[issuer.PINPath]["post"].Responses["503"]); !strings.Contains(schema, "schemas/Refusal") {
		t.Errorf("a problem is described as %s", schema)
	}
	for path, status := range map[string]string{issuer.VerificationPath: "200", issuer.EnrolmentPath: "201", issuer.PINPath: "200",
		issuer.StandingPath: "200"} {
		op, ok := document.Paths[path]["post"]
		if _, says := op.Responses[status]; !ok || !says || op.Summary == "" || !op.RequestBody.Required ||
			op.RequestBody.Content["application/json"].Schema["$ref"] == nil {
			t.Errorf("%s: %+v", path, op)
		}
	}
}

// FuzzBody: no body is returned anything but an answer or a problem that
// repeats nothing of it.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"card_number":"4242420000010017","pin":"2580"}`, `{}`, `[`, `{"card_number":1}`} {
		f.Add([]byte(seed))
	}
	handler := rest.New(rest.Config{API: &clerk{}, Body: 1 << 10})
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, issuer.PINPath, strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 400 && w.Code != 413 && w.Code != 422 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%q: %d %s", body, w.Code, w.Body)
		}
	})
}
