package control_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDocumentDescribesEveryOperation(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var document struct {
		OpenAPI string
		Info    struct{ Title, Description string }
		Paths   map[string]map[string]struct {
			Summary   string
			Responses map[string]any
		}
	}
	s.call("GET", "/api/openapi.json", "", 200, &document)
	if document.OpenAPI != "3.1.0" || !strings.Contains(document.Info.Description, "サンドボックス（テスト環境）") ||
		!strings.Contains(document.Info.Description, "テスト専用") {
		t.Errorf("openapi %s, info %+v", document.OpenAPI, document.Info)
	}
	var got []string
	for path, operations := range document.Paths {
		for method, operation := range operations {
			got = append(got, path+" "+method)
			if operation.Summary == "" || len(operation.Responses) < 2 {
				t.Errorf("%s %s: %+v", method, path, operation)
			}
		}
	}
	slices.Sort(got)
	want := []string{
		"/api/bounds get", "/api/cards get", "/api/defects get", "/api/providers get", "/api/rules get", "/api/worlds get",
		"/api/worlds/{world}/forks post", "/api/worlds/{world}/restore post",
		"/api/worlds/{world}/document get", "/api/snapshots/{snapshot}/document get", "/api/snapshots/{snapshot}/document put",
		"/api/snapshots get", "/api/snapshots/{snapshot} delete", "/api/snapshots/{snapshot} get", "/api/snapshots/{snapshot} put", "/api/snapshots/{snapshot}/forks post",
		"/api/worlds/{world} delete", "/api/worlds/{world} get", "/api/worlds/{world} put",
		"/api/worlds/{world}/clock get", "/api/worlds/{world}/clock patch",
		"/api/worlds/{world}/calls delete", "/api/worlds/{world}/calls get", "/api/worlds/{world}/calls post", "/api/worlds/{world}/calls/wait get", "/api/worlds/{world}/calls/{id}/hang-up post",
		"/api/worlds/{world}/voice delete", "/api/worlds/{world}/voice get", "/api/worlds/{world}/voice put",
		"/api/worlds/{world}/faults/member get", "/api/worlds/{world}/faults/member put", "/api/worlds/{world}/faults/{provider} get", "/api/worlds/{world}/faults/{provider} put", "/api/worlds/{world}/reception put",
		"/api/worlds/{world}/claims delete", "/api/worlds/{world}/claims get", "/api/worlds/{world}/claims post",
		"/api/worlds/{world}/enrolments get", "/api/worlds/{world}/events get",
		"/api/worlds/{world}/mail delete", "/api/worlds/{world}/mail get", "/api/worlds/{world}/mail/wait get", "/api/worlds/{world}/mail/{id}/raw get",
		"/api/worlds/{world}/mail/{id} get", "/api/worlds/{world}/mail/{id}/html get", "/api/worlds/{world}/mail/{id}/attachments/{number} get", "/api/worlds/{world}/mail/{id}/links get",
		"/api/worlds/{world}/members get", "/api/worlds/{world}/members post",
		"/api/worlds/{world}/policy get", "/api/worlds/{world}/policy patch",
		"/api/worlds/{world}/registrations get", "/api/worlds/{world}/registrations post", "/api/places get",
		"/api/worlds/{world}/sms delete", "/api/worlds/{world}/sms get", "/api/worlds/{world}/sms/wait get", "/api/worlds/{world}/sms/settings get", "/api/worlds/{world}/sms/settings put",
		"/api/worlds/{world}/texts get", "/api/worlds/{world}/texts patch", "/api/worlds/{world}/timeline get", "/healthz get", "/readyz get", "/api/store get", "/api/seed put",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

// fromElsewhere finds what a page would fetch from another host.
var fromElsewhere = regexp.MustCompile(`(src|href)="(https?:)?//`)

func TestReadablePageOfTheDocumentNeedsNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	got := s.send(s.request("GET", "/api/docs/", ""))
	if got.status != 200 || !strings.Contains(got.text, "/api/openapi.json") || fromElsewhere.MatchString(got.text) {
		t.Errorf("status %d: %s", got.status, got.text)
	}
	if got := s.send(s.request("GET", "/api/docs/docs.js", "")); got.status != 200 {
		t.Errorf("its script: status %d", got.status)
	}
}
