package outbound

import (
	"errors"
	"fmt"
	"net/http"
)

// ErrSwitched is the error of an answer that goes on in another protocol.
var ErrSwitched = errors.New("the answer goes on in another protocol (101), which nobody asked for")

// A sender is how every client here sends. It refuses an answer of 101 Switching
// Protocols: net/http hands the connection over with it, and neither a time-out nor
// the end of a context ends what is then read.
type sender struct {
	*http.Transport
	mark bool // whether a request tells that somebody outside named its address
}

// RoundTrip implements http.RoundTripper.
func (s sender) RoundTrip(q *http.Request) (*http.Response, error) {
	if s.mark {
		q = q.Clone(q.Context())
		q.Header.Set(Header, "1")
	}
	answer, err := s.Transport.RoundTrip(q)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		return answer, err
	}
	if err := answer.Body.Close(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSwitched, err)
	}
	return nil, ErrSwitched
}
