package rest_test

import (
	"encoding/json"
	"testing"

	"example.com/netanswer/mocks/issuer/rest"
)

// TestEachQuestionHasAnExample: it is what the page of the API has in its forms, so it
// can be sent as it is.
func TestEachQuestionHasAnExample(t *testing.T) {
	text, err := rest.Document()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]struct {
			Post struct {
				Parameters  []struct{ Name string }
				RequestBody struct {
					Content map[string]struct{ Example json.RawMessage }
				}
			}
		}
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Paths) != 4 {
		t.Fatalf("%d paths", len(document.Paths))
	}
	address := serve(t, &clerk{})
	for path, item := range document.Paths {
		example := item.Post.RequestBody.Content["application/json"].Example
		answer, says, err := post(t, address+path, string(example), "Idempotency-Key", "k")
		if err != nil || answer.StatusCode/100 != 2 {
			t.Errorf("%s: %s is answered %v %s, %v", path, example, answer, says, err)
		}
		for _, p := range item.Post.Parameters {
			if p.Name == "Content-Type" {
				t.Errorf("%s asks for a Content-Type besides the one of its body", path)
			}
		}
	}
}
