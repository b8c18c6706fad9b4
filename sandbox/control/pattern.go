package control

import (
	"net/http"
	"regexp"
	"time"

	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/sandbox/middleware"
)

// A Patterned is a wait that may say itself what a passcode looks like.
type Patterned struct {
	Pattern string `query:"pattern" maxLength:"500" doc:"a regular expression (RE2) that finds the passcode, by its group named code, else its first group, else all it matches; left out: it is read as a person would" example:"合言葉は(\\w+)"`
}

// by is the pattern, nil where none is given.
func (p Patterned) by() (*regexp.Regexp, error) {
	if p.Pattern == "" {
		return nil, nil
	}
	r, err := regexp.Compile(p.Pattern)
	if err != nil {
		problem := middleware.NewProblem(http.StatusUnprocessableEntity, "request_invalid", "pattern is a regular expression: "+err.Error())
		problem.Errors = []middleware.ProblemField{{Field: "query.pattern", Code: "request_invalid", Detail: problem.Detail}}
		return nil, problem
	}
	return r, nil
}

// reread is the passcode of texts by a pattern: the first that it finds one in.
func reread(r *regexp.Regexp, was *passcode.Passcode, at time.Time, texts ...string) *passcode.Passcode {
	if r == nil {
		return was
	}
	for _, text := range texts {
		if p := passcode.FindBy(r, text, at); p != nil {
			if was != nil {
				p.Superseded = was.Superseded
			}
			return p
		}
	}
	return nil
}
