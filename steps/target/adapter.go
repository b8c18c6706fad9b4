package target

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// An Adapter tells what arrived at providers that are not ours: GET sms and GET
// mail below Base, with ?to= a number or address, are returned
//
//	{"messages": [{"id": "1", "from": "…", "to": "…", "subject": "…", "body": "…"}]}
//
// oldest first.
type Adapter struct {
	Base   string
	Client *http.Client
}

// An Arrival is a message that an adapter tells of.
type Arrival struct {
	ID      string `json:"id"`
	From    string `json:"from"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// sixDigits is a passcode that stands by itself.
var sixDigits = regexp.MustCompile(`(?:^|[^0-9])([0-9]{6})(?:[^0-9]|$)`)

// Passcode is the first number of six digits in the message, "" if there is none.
func (a Arrival) Passcode() string {
	if found := sixDigits.FindStringSubmatch(a.Body); found != nil {
		return found[1]
	}
	return ""
}

// Arrived asks what arrived; kind is sms or mail.
func (a Adapter) Arrived(ctx context.Context, kind, to string) ([]Arrival, error) {
	address := strings.TrimSuffix(a.Base, "/") + "/" + kind + "?to=" + url.QueryEscape(to)
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("adapter のアドレスが正しくありません")
	}
	answer, err := a.Client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("adapter（%s）に返事がありません: %w", kind, unaddressed(err))
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 64*answerLimit))
	if err != nil {
		return nil, fmt.Errorf("adapter の返事を読めません: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("adapter（%s）が %d で断りました", kind, answer.StatusCode)
	}
	var told struct {
		Messages []Arrival `json:"messages"`
	}
	if err := json.Unmarshal(text, &told); err != nil {
		return nil, fmt.Errorf("adapter（%s）の返事が JSON として読めません: %w", kind, err)
	}
	return told.Messages, nil
}

// Next asks again and again, every fifth of a second and for as long as within,
// until the newest that arrived is one that is waited for, by its id.
func (a Adapter) Next(ctx context.Context, kind, to string, within time.Duration, wanted func(id string) bool) (Arrival, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, within, fmt.Errorf("「%s」に何も届いていません", to))
	defer cancel()
	ticks := time.NewTicker(200 * time.Millisecond)
	defer ticks.Stop()
	for {
		found, err := a.Arrived(ctx, kind, to)
		if err != nil && ctx.Err() == nil {
			return Arrival{}, err
		}
		if n := len(found); n > 0 && wanted(found[n-1].ID) {
			return found[n-1], nil
		}
		select {
		case <-ctx.Done():
			return Arrival{}, context.Cause(ctx)
		case <-ticks.C:
		}
	}
}
