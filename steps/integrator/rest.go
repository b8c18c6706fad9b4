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
	if wasCut(err) {
		return "", unanswered, nil
	}
	if err != nil {
		return "", "", err
	}
	if status != http.StatusCreated {
		refused, _ = refusal(status, answer)
		return "", refused, nil
	}
	var made resource
	if err := json.Unmarshal(answer, &made); err != nil || made.SID == "" {
		return "", "", errors.Join(err, fmt.Errorf("a message was created without a sid: %s", answer))
	}
	return made.SID, "", nil
}

// wasCut tells whether a provider that was reached gave no answer, or half of one.
func wasCut(err error) bool {
	var failed *net.OpError
	if errors.As(err, &failed) && failed.Op == "dial" {
		return false // nobody is there
	}
	var cut net.Error
	return errors.As(err, &cut) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// refusal is the number of an error and what it says; the status where the answer
// has no number.
func refusal(status int, answer []byte) (number, says string) {
	var problem struct {
		Code    int
		Message string
	}
	if json.Unmarshal(answer, &problem) != nil || problem.Code == 0 {
		return strconv.Itoa(status), string(answer)
	}
	return strconv.Itoa(problem.Code), problem.Message
}

// change changes a message, and returns how that was refused.
func (a account) change(ctx context.Context, sid string, form url.Values) (refused string, err error) {
	status, answer, err := a.ask(ctx, http.MethodPost, "Messages/"+sid+".json", form)
	if err != nil || status == http.StatusOK {
		return "", err
	}
	refused, _ = refusal(status, answer)
	return refused, nil
}

// lacks asks for a resource that is not there, and returns the error and what it
// says.
func (a account) lacks(ctx context.Context, path string) (refused, says string, err error) {
	status, answer, err := a.ask(ctx, http.MethodGet, path, nil)
	if err != nil {
		return "", "", err
	}
	if status == http.StatusOK {
		return "", string(answer), nil
	}
	refused, says = refusal(status, answer)
	return refused, says, nil
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

// ask asks for what belongs to the account, request for anything.
func (a account) ask(ctx context.Context, method, path string, form url.Values) (status int, answer []byte, err error) {
	return a.request(ctx, method, "/2010-04-01/Accounts/"+a.sid+"/"+path, form)
}

func (a account) request(ctx context.Context, method, path string, form url.Values) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, method, a.base+path, strings.NewReader(form.Encode()))
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
