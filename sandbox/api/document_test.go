package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.com/netanswer/sandbox/world"
)

// A media is what the document says of one body.
type media struct {
	Schema  json.RawMessage `json:"schema"`
	Example json.RawMessage `json:"example"`
}

type described struct {
	ID         string `json:"operationId"`
	Parameters []struct {
		Ref string `json:"$ref"`
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]media `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Headers map[string]any   `json:"headers"`
		Content map[string]media `json:"content"`
	} `json:"responses"`
}

type document struct {
	Servers []struct {
		URL string `json:"url"`
	} `json:"servers"`
	Tags []struct {
		Name string `json:"name"`
	} `json:"tags"`
	Paths map[string]map[string]described `json:"paths"`
}

// theDocument is read once: every test asks whether what it saw is in it.
var theDocument = sync.OnceValue(func() (d document) {
	e := explore(new(testing.T), world.DefaultBounds())
	w := httptest.NewRecorder()
	e.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/api/openapi.json", nil))
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		panic(err)
	}
	return d
})

// documented asks that a refusal is one which the document lists.
func (p *place) documented(q *http.Request, a answer) {
	p.t.Helper()
	code, _ := a.body["code"].(string)
	if p.exploring || code == "" || slices.Contains([]string{"not_found", "method_not_allowed", "internal", "fault_planned"}, code) {
		return
	}
	for path, operations := range theDocument().Paths {
		op, ok := operations[strings.ToLower(q.Method)]
		if !ok || !fits(path, q.URL.Path) {
			continue
		}
		if listed := op.Responses[fmt.Sprint(a.status)].Content["application/problem+json"].Schema; !bytes.Contains(
			listed,
			[]byte(`"`+code+`"`),
		) {
			p.t.Errorf("%s gives %d %s, which its document does not list", op.ID, a.status, code)
		}
	}
}

// fits tells whether a path is of a pattern.
func fits(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || strings.HasPrefix(w, "{") })
}

func TestEveryOperationIsDescribedWithItsWorldAndExamplesThatFit(t *testing.T) {
	p := open(t)
	a := p.do(http.MethodGet, "/api/openapi.json", "")
	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(a.raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("document.json", raw); err != nil {
		t.Fatal(err)
	}
	check := func(where, pointer string, m media) {
		t.Helper()
		if len(m.Example) == 0 {
			t.Errorf("%s has no example", where)
			return
		}
		schema, err := compiler.Compile("document.json#" + pointer)
		if err != nil {
			t.Fatal(err)
		}
		example, err := jsonschema.UnmarshalJSON(bytes.NewReader(m.Example))
		if err == nil {
			err = schema.Validate(example)
		}
		if err != nil {
			t.Errorf("the example of %s: %v", where, err)
		}
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	for path, operations := range theDocument().Paths {
		for method, op := range operations {
			at := "/paths/" + escape.Replace(path) + "/" + method
			if len(op.Parameters) == 0 || op.Parameters[0].Ref != "#/components/parameters/World" {
				t.Errorf("%s does not declare the world", op.ID)
			}
			if op.RequestBody != nil {
				check(op.ID+", request", at+"/requestBody/content/application~1json/schema", op.RequestBody.Content["application/json"])
			}
			for status, r := range op.Responses {
				for kind, m := range r.Content {
					check(op.ID+", "+status, at+"/responses/"+status+"/content/"+escape.Replace(kind)+"/schema", m)
				}
				if status == "429" && r.Headers["Retry-After"] == nil {
					t.Errorf("%s: 429 without Retry-After", op.ID)
				}
			}
		}
	}
	d := theDocument()
	var names []string
	for _, tag := range d.Tags {
		names = append(names, tag.Name)
	}
	if len(d.Servers) != 2 || strings.Join(names, " ") != "登録 アプリ ログイン アプリの機能 画面" {
		t.Errorf("servers %v, tags %v", d.Servers, names)
	}
}

func TestASlashTooManyMeansTheSame(t *testing.T) {
	p := open(t)
	at := p.start()
	for _, path := range []string{at + "/", "/api/screens/input/"} {
		if a := p.do(http.MethodGet, path, ""); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, a.status, a.raw)
		}
	}
	if a := p.do(http.MethodPost, "/api/registrations/", ""); a.status != http.StatusCreated {
		t.Errorf("POST: %d %s", a.status, a.raw)
	}
	if a := p.do(http.MethodGet, "/api/nothing/", ""); a.status != http.StatusNotFound {
		t.Errorf("what there is not: %d", a.status)
	}
	if a := p.do(http.MethodDelete, at+"/form/", ""); a.status != http.StatusMethodNotAllowed && a.status != http.StatusNotFound {
		t.Errorf("a wrong method: %d", a.status)
	}
}

func TestWhatIsUnknownOrBrokenIsNoFailureOfOurs(t *testing.T) {
	p := open(t)
	if a := p.do(http.MethodPost, "/api/app/registrations/reg-unknown/pin", `{"pin":"2580"}`); a.status != http.StatusNotFound {
		t.Errorf("the PIN of a registration that is not there: %d %s", a.status, a.raw)
	}
}
