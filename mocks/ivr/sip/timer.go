package sip

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	wire "github.com/emiago/sipgo/sip"

	"example.com/netanswer/mocks/clock"
)

// supported are the extensions that a request may require here.
const supported = "timer"

// unsupported are the extensions that a request requires and nobody has here (RFC
// 3261, 8.2.2.3).
func unsupported(q *wire.Request) []string {
	var all []string
	for _, h := range q.GetHeaders("Require") {
		for tag := range strings.SplitSeq(h.Value(), ",") {
			if tag = strings.TrimSpace(tag); tag != "" && !strings.EqualFold(tag, supported) {
				all = append(all, tag)
			}
		}
	}
	return all
}

// minInterval is the shortest session interval that is taken (RFC 4028, 4).
const minInterval = 90

var (
	errInterval = errors.New("the session interval is too small")
	errExpired  = errors.New("the session was not refreshed")
)

// interval is for how long a request wants a session to last unless it is
// refreshed; 0 where it does not say.
func interval(q *wire.Request) (time.Duration, error) {
	h := q.GetHeader("Session-Expires")
	if h == nil {
		if h = q.GetHeader("x"); h == nil { // its compact form
			return 0, nil
		}
	}
	text, _, _ := strings.Cut(h.Value(), ";")
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 {
		return 0, nil // what cannot be read says nothing
	}
	if n < minInterval {
		return 0, errInterval
	}
	return time.Duration(n) * time.Second, nil
}

// refreshes begins the interval of a session anew; the caller is who refreshes.
func (t *talk) refreshes(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fresh != nil {
		t.fresh()
		t.fresh = nil
	}
	if d == 0 {
		return
	}
	var ctx context.Context
	ctx, t.fresh = context.WithCancel(t.ctx)
	go func() {
		if clock.Pass(ctx, d) == nil {
			t.stop(errExpired)
		}
	}()
}

// sessionHeaders are what an answer says of the interval.
func sessionHeaders(d time.Duration) []wire.Header {
	headers := []wire.Header{wire.NewHeader("Allow", allow), wire.NewHeader("Supported", supported)}
	if d > 0 {
		headers = append(
			headers,
			wire.NewHeader("Require", supported),
			wire.NewHeader("Session-Expires", strconv.Itoa(int(d/time.Second))+";refresher=uac"),
		)
	}
	return headers
}
