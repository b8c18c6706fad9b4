package rest

import (
	"encoding/json"
	"net/http"
	"strings"

	"example.com/netanswer/mocks/issuer"
)

// A Refusal is a problem on the wire, as RFC 9457 writes it. Detail is for people
// who test, and holds nothing of what was asked. The document calls it so because
// the other handlers of a process may have a Problem of their own.
type Refusal struct {
	Type   string `json:"type" doc:"urn:netanswer:problem:<code>"`
	Title  string `json:"title" doc:"the HTTP status in words"`
	Status int    `json:"status"`
	Code   string `json:"code" doc:"what went wrong, for programs"`
	Detail string `json:"detail" doc:"what went wrong"`
}

// Error implements error.
func (p *Refusal) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Refusal) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Refusal) ContentType(string) string { return "application/problem+json" }

func problem(status int, code, detail string) *Refusal {
	return &Refusal{Type: issuer.ProblemType + code, Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

func (p *Refusal) write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a Refusal always marshals
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // a client that went away is no error of ours
}

// notHere answers where no operation does.
func notHere(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		other := &http.Request{Method: http.MethodPost, URL: r.URL, Host: r.Host}
		if _, pattern := mux.Handler(other); strings.HasPrefix(pattern, http.MethodPost+" ") {
			w.Header().Set("Allow", http.MethodPost)
			problem(http.StatusMethodNotAllowed, "method_not_allowed", "every question is a POST").write(w)
			return
		}
		problem(http.StatusNotFound, "not_found", "there is nothing here; see "+OpenAPI+".json").write(w)
	}
}
