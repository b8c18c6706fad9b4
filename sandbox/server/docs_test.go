package server_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

var (
	toldInDocs = regexp.MustCompile(`<dd><span class="quiet">[^<]*</span><br>([^<]*)</dd>|</strong> ([^<]*)</p>|<p class="quiet">[^<]*。([^<]*)</p>`)
	japanese   = regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)
	codeOnly   = regexp.MustCompile(`^(HTML|MM/YY|YYYY-MM(-DD)?|urn:.*|&lt;.*|[a-z]+(/[a-z+]+)?|)$`)
)

// TestThePagesOfTheAPIsAreInJapanese holds every sentence of the documents against
// the words of their pages, so that none is forgotten.
func TestThePagesOfTheAPIsAreInJapanese(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	for name, at := range map[string]struct{ page, document string }{
		"member":  {s.MemberURL + "/api/docs/", s.MemberURL + "/api/openapi.json"},
		"control": {s.ConsoleURL + "/api/docs/", s.ConsoleURL + "/api/openapi.json"},
		"issuer":  {s.RESTURL + server.IssuerDocs, s.RESTURL + "/issuer/v1/openapi.json"},
	} {
		status, _, html := ask(t, http.MethodGet, at.page, asIs)
		if status != http.StatusOK {
			t.Fatalf("%s: status %d", name, status)
		}
		found := 0
		for _, told := range toldInDocs.FindAllStringSubmatch(html, -1) {
			text := told[1] + told[2] + told[3]
			found++
			if !japanese.MatchString(text) && !codeOnly.MatchString(text) {
				t.Errorf("%s: %q has no Japanese in words.tsv", name, text)
			}
		}
		_, _, document := ask(t, http.MethodGet, at.document, asIs)
		var d struct {
			Paths map[string]map[string]struct {
				OperationID string
			}
		}
		if err := json.Unmarshal([]byte(document), &d); err != nil || found < 20 {
			t.Fatal(name, err, found)
		}
		for path, methods := range d.Paths {
			for method, op := range methods {
				if !strings.Contains(html, `<article id="`+op.OperationID+`"`) {
					t.Errorf("%s: %s %s is not on the page", name, method, path)
				}
			}
		}
	}
}
