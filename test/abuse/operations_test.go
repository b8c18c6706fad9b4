package abuse_test

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/test/sandboxtest"
)

// place is where an id stands in the path of an operation.
var place = regexp.MustCompile(`\{[^}]+\}`)

// strange are ids that nothing has; none of the first can be a world's.
var strange = []string{"Not%20A%20World", "%00", "..%2F..", strings.Repeat("a", 300), "-", "4242420000010017"}

// TestAnIdOfNothingIsRefused walks every operation of the documents of the control
// API, the member API and the issuer's, each with ids that nothing has: every
// answer is one of 4xx, and no world comes of it. Deleting what is not there is
// fine.
func TestAnIdOfNothingIsRefused(t *testing.T) {
	s := tried(t)
	tries := 0
	for base, document := range map[string]string{
		s.ConsoleURL: "/api/openapi.json", s.MemberURL: "/api/openapi.json", s.RESTURL: rest.OpenAPI + ".json",
	} {
		for path, methods := range operationsOf(t, base+document) {
			if strings.HasSuffix(path, "/events") { // it goes on as long as it is read
				continue
			}
			for _, method := range methods {
				for _, filled := range filledWith(path) {
					tries++
					status := asked(t, method, base+filled)
					if status/100 != 4 && !(method == http.MethodDelete && status == http.StatusNoContent) {
						t.Errorf("%s %s: %d", method, filled, status)
					}
				}
			}
		}
	}
	if tries < 300 {
		t.Errorf("%d tries only", tries)
	}
	worlds, err := s.Service.Control().Worlds(t.Context())
	if err != nil || len(worlds) > 1 {
		t.Errorf("%d worlds, %v", len(worlds), err)
	}
}

// operationsOf are the methods of each path of a document that has an id in it.
func operationsOf(t *testing.T, url string) map[string][]string {
	t.Helper()
	status, text := sandboxtest.Fetch(t, url, "")
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &document); err != nil || status != http.StatusOK {
		t.Fatalf("%s: %d %v", url, status, err)
	}
	all := map[string][]string{}
	for path, operations := range document.Paths {
		for method := range operations {
			if place.MatchString(path) {
				all[path] = append(all[path], strings.ToUpper(method))
			}
		}
	}
	return all
}

// filledWith are the paths that a template makes, with one strange id each and the
// others plain.
func filledWith(template string) (all []string) {
	names := place.FindAllString(template, -1)
	for _, at := range names {
		for i, id := range append(slices.Clone(strange), "unknown") {
			if at == "{world}" && i == len(strange) {
				continue // it can be a world's
			}
			all = append(all, place.ReplaceAllStringFunc(template, func(name string) string {
				switch name {
				case at:
					return id
				case "{world}":
					return "default"
				}
				return "unknown"
			}))
		}
	}
	return all
}

// asked is the status of an operation that is asked with nothing in its body.
func asked(t *testing.T, method, url string) int {
	t.Helper()
	if strings.HasSuffix(url, "/wait") {
		url += "?within=0s"
	}
	body := ""
	if method != http.MethodGet && method != http.MethodDelete {
		body = "{}"
	}
	q, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body) // its status is what counts
	return answer.StatusCode
}
