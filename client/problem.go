package client

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ErrNothingArrived is the error of a wait in which nothing arrived: errors.Is
// tells it, and errors.As still finds the Problem that says how much is under way.
var ErrNothingArrived = errors.New("nothing arrived")

// A Problem is a refusal of the control API, as RFC 9457 writes it. Code is for
// programs, Detail for people. Every method of Client that fails because of what
// the sandbox answered fails with one.
type Problem struct {
	Status int            `json:"status"` // of HTTP
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Errors []ProblemField `json:"errors"`
}

// A ProblemField is what is wrong with one field of what was asked.
type ProblemField struct {
	Field  string `json:"field"` // like body.clock.now
	Detail string `json:"detail"`
}

// Error implements error.
func (p *Problem) Error() string {
	s := fmt.Sprintf("control API: %d %s: %s", p.Status, p.Code, p.Detail)
	for _, e := range p.Errors {
		s += "; " + e.Field + ": " + e.Detail
	}
	return s
}

// Is makes a Problem of that code count as ErrNothingArrived.
func (p *Problem) Is(target error) bool {
	return target == ErrNothingArrived && p.Code == "nothing_arrived"
}

// refusal reads a problem out of an answer. What is none, like the page of a
// proxy in between, is told by its status alone.
func refusal(status int, data []byte) error {
	p := &Problem{}
	if err := json.Unmarshal(data, p); err != nil || p.Code == "" {
		p = &Problem{Code: "no_problem", Detail: "the answer does not say what is wrong; is this the control API?"}
		if status >= 300 && status < 400 {
			p.Detail = "the answer leads to another address, which is not followed; name the control API's own"
		}
	}
	p.Status = status
	return p
}
