package integrator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.com/netanswer/steps/actor"
)

// An account is one of the REST API.
type account struct{ base, sid string }

// nobody is an account as Twilio gives them, which names no world.
const nobody = "AC0123456789abcdef0123456789abcdef"

func (b *Backend) account(s *actor.Scene, base string) account {
	if b.anonymous {
		return account{base, nobody}
	}
	return account{base, "AC" + s.World.Name}
}

// A resource is what the API tells of an SMS, or of what is wrong.
type resource struct {
	SID      string `json:"sid"`
	Status   string `json:"status"` // a number where something is wrong
	Segments string `json:"num_segments"`

	ErrorCode int `json:"error_code"`
}

// send creates a message and returns its name, or how it was refused: by
// the number of the error, or the status where there is none.
func (a account) send(ctx context.Context, to, body string) (sid, refused string, err error) {
	return a.create(ctx, url.Values{"To": {to}, "From": {"SAISON"}, "Body": {body}})
}

func (a account) create(ctx context.Context, form url.Values) (sid, refused string, err error) {
	status, answer, err := a.ask(ctx, http.MethodPost, "Messages.json", form)
	var cut net.Error
	if errors.As(err, &cut) || errors.Is(err, io.EOF) {
		return "", unanswered, nil
	}
	if err != nil {
		return "", "", err
	}
	if status == http.StatusCreated {
		var made resource
		err := json.Unmarshal(answer, &made)
		return made.SID, "", err
	}
	var problem struct{ Code int }
	if json.Unmarshal(answer, &problem) != nil || problem.Code == 0 { // then its status says it
		problem.Code = status
	}
	return "", strconv.Itoa(problem.Code), nil
}

// change changes a message, and returns how that was refused.
func (a account) change(ctx context.Context, sid string, form url.Values) (refused string, err error) {
	status, answer, err := a.ask(ctx, http.MethodPost, "Messages/"+sid+".json", form)
	if err != nil || status == http.StatusOK {
		return "", err
	}
	var problem struct{ Code int }
	err = json.Unmarshal(answer, &problem)
	return strconv.Itoa(problem.Code), err
}

// lacks asks for a resource that is not there, and returns the error and what it
// says.
func (a account) lacks(ctx context.Context, path string) (refused, says string, err error) {
	status, answer, err := a.ask(ctx, http.MethodGet, path, nil)
	if err != nil {
		return "", "", err
	}
	var problem struct {
		Code    int
		Message string
	}
	if status == http.StatusOK || json.Unmarshal(answer, &problem) != nil {
		return "", string(answer), nil
	}
	return strconv.Itoa(problem.Code), problem.Message, nil
}

// fetch asks for a message.
func (a account) fetch(ctx context.Context, sid string) (told resource, err error) {
	status, answer, err := a.ask(ctx, http.MethodGet, "Messages/"+sid+".json", nil)
	if err != nil {
		return told, err
	}
	if status != http.StatusOK {
		return told, fmt.Errorf("fetch %s: status %d: %s", sid, status, answer)
	}
	return told, json.Unmarshal(answer, &told)
}

func (a account) ask(ctx context.Context, method, path string, form url.Values) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, method, a.base+"/2010-04-01/Accounts/"+a.sid+"/"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.SetBasicAuth(a.sid, token)
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	answer, err = io.ReadAll(r.Body)
	return r.StatusCode, answer, err
}
