package providerclient

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/outbound"
)

// maxAnswer bounds the bytes of an answer: a statement of years is far below it.
const maxAnswer = 256 << 10

// A failed is the failure of one try, and when another makes sense.
type failed struct {
	issuer.Failure
	again bool          // whether another try may go better
	after time.Duration // how long the issuer asks to be left alone
}

// Error implements error.
func (f *failed) Error() string { return f.Failure.Error() }

// try asks once.
func try[A issuer.Wired](ctx context.Context, i *Issuer, q inquiry, body []byte) (A, error) {
	var none A
	ctx, cancel := context.WithTimeout(ctx, i.retry.Try)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, i.address(q.path), bytes.NewReader(body))
	if err != nil {
		return none, fmt.Errorf("ask the issuer: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, application/problem+json")
	r.Header.Set(issuer.WorldHeader, q.world)
	if q.key != "" {
		r.Header.Set(issuer.KeyHeader, q.key)
		r.GetBody = nil // or net/http would ask again behind our back, seeing the key
	}
	if i.target.user != "" {
		r.SetBasicAuth(i.target.speaker(q.world), i.target.password)
	}
	answer, err := i.http.Do(r)
	if err != nil {
		return none, unanswered(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return none, unanswered(err)
	case len(data) > maxAnswer:
		return none, malformed(fmt.Errorf("more than %d bytes", maxAnswer))
	case answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusCreated:
		return none, refused(answer, data)
	}
	if kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return none, malformed(errors.New("it is not application/json"))
	}
	a, err := issuer.Read[A](data)
	if err != nil {
		return none, malformed(err)
	}
	return a, nil
}

// unanswered is the failure of a try whose answer did not come, or not whole.
// Its cause is told in words of the network alone: what net/http says of a bad
// answer repeats parts of it, which may repeat the question.
func unanswered(err error) error {
	f := &failed{again: true, Failure: issuer.Failure{Way: issuer.Broken, Err: errors.New("the answer ended early or is none")}}
	var timeOut net.Error
	var op *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		f.again, f.Err = false, context.Canceled // nobody waits any more
	case errors.Is(err, outbound.ErrSwitched):
		f.again, f.Failure = false, issuer.Failure{Way: issuer.Malformed, Err: outbound.ErrSwitched}
	case errors.As(err, &timeOut) && timeOut.Timeout() || errors.Is(err, context.DeadlineExceeded):
		f.Way, f.Err = issuer.Slow, nil
	case errors.As(err, &op):
		f.Err = fmt.Errorf("%s: %w", op.Op, op.Err)
		if op.Op == "dial" {
			f.Way = issuer.Unreachable
		}
	}
	return f
}

func malformed(err error) error {
	return &failed{Failure: issuer.Failure{Way: issuer.Malformed, Err: err}}
}

// refused is what a status other than of an answer means. Nothing but its code is
// taken from the body, which might repeat the question.
func refused(answer *http.Response, data []byte) error {
	var problem struct {
		Code string `json:"code"`
	}
	if err := json.Unmarshal(data, &problem); err == nil && answer.StatusCode == http.StatusNotFound &&
		problem.Code == issuer.CodeUnknownCard {
		return issuer.ErrUnknownCard
	}
	f := &failed{Failure: issuer.Failure{Way: issuer.Refused, Status: answer.StatusCode}}
	switch answer.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		f.again, f.after = true, pause(answer)
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		f.again = true
	}
	return f
}

// pause is the Retry-After of an answer: seconds, or a date against the date of
// the answer itself, so that no two clocks are compared.
func pause(answer *http.Response) time.Duration {
	text := answer.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(seconds, 0), 86400)) * time.Second
	}
	until, err1 := http.ParseTime(text)
	sent, err2 := http.ParseTime(answer.Header.Get("Date"))
	if err1 != nil || err2 != nil || until.Before(sent) {
		return 0
	}
	return until.Sub(sent)
}
