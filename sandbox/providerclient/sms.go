package providerclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/mocks/sms"
)

// SMS sends by Twilio's REST.
type SMS struct {
	target Target
	from   string
	http   *http.Client
}

// NewSMS returns a sender of an address like
// http://AC{world}:token@127.0.0.1:8091?from=SAISON, where {world} stands for the
// name of the world that sends.
func NewSMS(address string, timeout time.Duration, by outbound.Owner) (*SMS, error) {
	t, err := target(address, timeout, "http", "https")
	if err != nil {
		return nil, err
	}
	if t.user == "" || t.password == "" {
		return nil, fmt.Errorf("address of the SMS gateway: an account and a token are needed")
	}
	from := t.address.Query().Get("from")
	if from == "" {
		from = "SAISON"
	}
	return &SMS{target: t, from: from, http: by.Client(timeout)}, nil
}

// SendSMS hands an SMS over. An error means that it was not accepted. Where somebody
// may have handed it over before, and has ended, the gateway is asked first whether it
// has the message: it knows no key by which it would know a second one.
func (s *SMS) SendSMS(ctx context.Context, world, to, body string) error {
	account := s.target.speaker(world)
	address := url.URL{Scheme: s.target.address.Scheme, Host: s.target.address.Host,
		Path: strings.TrimSuffix(s.target.address.Path, "/") + "/2010-04-01/Accounts/" + account + "/Messages.json"}
	if e164 := sms.International(to); e164 != "" {
		to = e164
	}
	if outbound.DeliveryOf(ctx).Again && s.has(ctx, address, account, to, body) {
		return nil
	}
	form := url.Values{"To": {to}, "From": {s.from}, "Body": {body}}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("send SMS: %w", err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.SetBasicAuth(account, s.target.password)
	answer, err := s.http.Do(q)
	if err != nil {
		return fmt.Errorf("send SMS: %w", err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return fmt.Errorf("send SMS: %w", err)
	}
	if answer.StatusCode != http.StatusCreated {
		var why struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
		}
		_ = json.Unmarshal(data, &why) // what is no JSON says nothing
		return fmt.Errorf("send SMS: %s: %d %s", answer.Status, why.Code, why.Message)
	}
	return nil
}

// has tells whether the gateway has a message: of the newest to a number, one of that
// text. A gateway that tells nothing has none.
func (s *SMS) has(ctx context.Context, address url.URL, account, to, body string) bool {
	address.RawQuery = url.Values{"To": {to}, "PageSize": {"100"}}.Encode()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return false
	}
	q.SetBasicAuth(account, s.target.password)
	answer, err := s.http.Do(q)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	type message struct {
		Body string `json:"body"`
	}
	var list struct {
		Messages []message `json:"messages"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 4<<20)).Decode(&list); err != nil {
		return false
	}
	return slices.ContainsFunc(list.Messages, func(m message) bool { return m.Body == body })
}
