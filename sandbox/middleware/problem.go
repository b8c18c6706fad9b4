package middleware

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A Problem is an error on the wire, as RFC 9457 writes it. Detail is the
// sentence a member reads; Code is for programs and stays.
type Problem struct {
	Type   string         `json:"type" doc:"urn:netanswer:problem:<code>"`
	Title  string         `json:"title" doc:"the HTTP status in words"`
	Status int            `json:"status"`
	Code   string         `json:"code" doc:"what went wrong, for programs"`
	Detail string         `json:"detail" doc:"what went wrong, as the member reads it"`
	Errors []ProblemField `json:"errors,omitempty" doc:"what went wrong, field by field"`

	retry time.Duration // how long to wait before the next try; 0 for what is told nothing of it
}

// A ProblemField is what is wrong with one field.
type ProblemField struct {
	Field   string `json:"field" doc:"the field, or the place in the body"`
	Pointer string `json:"pointer,omitempty" doc:"its JSON pointer in the body, as RFC 9457 writes it; left out where it is not one property of the body"`
	Code    string `json:"code"`
	Detail  string `json:"detail" doc:"as the member reads it"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError: when to try again, in whole seconds.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retry+time.Second-1)/time.Second)))
	}
	return h
}

// Write writes the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a Problem always marshals
	}
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // a client that went away is no error of ours
}

// NewProblem returns a problem of one code.
func NewProblem(status int, code, detail string) *Problem {
	return &Problem{Type: "urn:netanswer:problem:" + code, Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

// Status is the HTTP status of a kind of error.
func Status(k registration.Kind) int {
	switch k {
	case registration.Invalid:
		return http.StatusUnprocessableEntity
	case registration.Conflict:
		return http.StatusConflict
	case registration.Gone:
		return http.StatusGone
	case registration.NotFound:
		return http.StatusNotFound
	case registration.Forbidden:
		return http.StatusUnauthorized
	case registration.TooMany:
		return http.StatusTooManyRequests
	case registration.Unready:
		return http.StatusServiceUnavailable
	}
	panic("middleware: unknown kind of error " + string(k))
}

// Refusal writes what a member is told of a refusal as a problem. A nil error
// is no problem.
func Refusal(m world.Snapshot, err error) error {
	if err == nil {
		return nil
	}
	all := Each(err)
	if len(all) == 0 {
		return Trouble(err)
	}
	p := NewProblem(Status(all[0].Kind), all[0].Code, m.Explain(all[0]))
	p.retry = all[0].Retry.Sub(m.Now)
	for _, e := range all {
		if e.Field != "" {
			f := ProblemField{Field: e.Field, Code: e.Code, Detail: m.Explain(e)}
			if e.Field != registration.FieldExpiry { // a form has it in two parts
				f.Pointer = "#/" + pointed(e.Field)
			}
			p.Errors = append(p.Errors, f)
		}
	}
	if len(p.Errors) > 1 {
		p.Code, p.Type, p.Detail = "form_invalid", "urn:netanswer:problem:form_invalid", m.Say("problem.heading")
	}
	return p
}

// Each takes a refusal apart; it is empty for any other error.
func Each(err error) []*registration.Error {
	var several registration.Errors
	if errors.As(err, &several) {
		return several
	}
	var one *registration.Error
	if errors.As(err, &one) {
		return []*registration.Error{one}
	}
	return nil
}

// Trouble writes an error that is no refusal of a member's step: a request for
// a world that cannot be, one whose client has gone, or a failure of ours, whose
// cause is not told.
func Trouble(err error) *Problem {
	switch {
	case errors.Is(err, world.ErrCardName):
		return NewProblem(http.StatusBadRequest, "world_name",
			"the name of a world or snapshot cannot be what could be the number of a card")
	case errors.Is(err, world.ErrName):
		return NewProblem(http.StatusBadRequest, "world_name", world.ErrName.Error())
	case errors.Is(err, ErrWorlds):
		return NewProblem(http.StatusBadRequest, "world_ambiguous", ErrWorlds.Error())
	case errors.Is(err, world.ErrCallOver):
		return NewProblem(http.StatusConflict, "call_over", world.ErrCallOver.Error())
	case errors.Is(err, world.ErrClaimed):
		return NewProblem(http.StatusConflict, "claimed", err.Error())
	case errors.Is(err, world.ErrWorldExists):
		return NewProblem(http.StatusConflict, "world_exists", err.Error())
	case errors.Is(err, world.ErrSnapshotExists):
		return NewProblem(http.StatusConflict, "snapshot_exists", err.Error())
	case errors.Is(err, world.ErrDocument):
		return NewProblem(http.StatusUnprocessableEntity, "document_invalid", err.Error())
	case errors.Is(err, world.ErrNoWorld):
		return NewProblem(http.StatusNotFound, "no_such_world", err.Error())
	case errors.Is(err, world.ErrNoSnapshot):
		return NewProblem(http.StatusNotFound, "no_such_snapshot", err.Error())
	case errors.Is(err, world.ErrWorlds):
		return NewProblem(http.StatusServiceUnavailable, "full", err.Error())
	case errors.Is(err, world.ErrAway):
		return NewProblem(http.StatusServiceUnavailable, "store_away", world.ErrAway.Error())
	case errors.Is(err, world.ErrDamaged):
		return NewProblem(http.StatusInternalServerError, "world_damaged", world.ErrDamaged.Error())
	case errors.Is(err, world.ErrRequest):
		return NewProblem(http.StatusUnprocessableEntity, "request_invalid", err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return NewProblem(http.StatusServiceUnavailable, "request_ended", "the request ended before the world could be read")
	}
	panic(err) // Survive gives it an incident number
}
