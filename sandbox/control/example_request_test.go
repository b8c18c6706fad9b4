package control_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestEveryRequestHasAnExampleThatIsGranted sends each as the page of the API shows it.
func TestEveryRequestHasAnExampleThatIsGranted(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var document struct {
		Paths map[string]map[string]struct {
			OperationID string
			RequestBody struct {
				Content map[string]struct{ Example json.RawMessage }
			}
		}
	}
	s.call("GET", "/api/openapi.json", "", 200, &document)
	s.call("PUT", "/api/worlds/default", `{}`, 201, nil)
	s.call("PUT", "/api/snapshots/before", `{"world":"default"}`, 201, nil)
	files := []string{"import-snapshot", "plant-seed"} // they take a whole file
	sent := 0
	for path, operations := range document.Paths {
		for method, op := range operations {
			body, takes := op.RequestBody.Content["application/json"]
			if !takes || slices.Contains(files, op.OperationID) {
				continue
			}
			if len(body.Example) == 0 {
				t.Errorf("%s has no example", op.OperationID)
				continue
			}
			sent++
			s.call("PUT", "/api/worlds/"+op.OperationID, `{}`, 201, nil) // none disturbs another
			address := strings.NewReplacer("{world}", op.OperationID, "{snapshot}", "before", "{provider}", "sms").Replace(path)
			if op.OperationID == "take-snapshot" {
				address = "/api/snapshots/after"
			}
			r, err := http.NewRequestWithContext(t.Context(), strings.ToUpper(method), s.base+address, bytes.NewReader(body.Example))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := answer.Body.Close(); err != nil {
				t.Error(err)
			}
			if answer.StatusCode >= 300 {
				t.Errorf("%s %s %s: %d", op.OperationID, address, body.Example, answer.StatusCode)
			}
		}
	}
	if sent < 15 {
		t.Errorf("only %d requests have an example", sent)
	}
}
