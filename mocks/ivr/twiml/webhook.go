package twiml

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/ivr"
)

// A Webhook is where calls are told, and by whom. The zero Webhook is nowhere.
type Webhook struct {
	URL       string `json:"url" doc:"told of a call by POST; returns TwiML" example:"http://127.0.0.1:3000/voice"`
	Account   string `json:"account,omitempty" doc:"the AccountSid it is told" example:"AC00000000000000000000000000000001"`
	AuthToken string `json:"auth_token,omitempty" doc:"signs the requests (X-Twilio-Signature); left out: they are not signed"`
	// StatusCallback is told when a call that the webhook answered has ended.
	StatusCallback string `json:"status_callback,omitempty" doc:"told by POST of the end of a call (CallStatus completed); left out: nobody is" example:"http://127.0.0.1:3000/voice/ended"`
}

// Check returns an error in words if nobody could be told.
func (w Webhook) Check() error {
	for _, address := range []string{w.URL, w.StatusCallback} {
		if address == "" && w.URL != "" {
			continue
		}
		u, err := url.Parse(address)
		if err == nil && u.Port() != "" {
			if port, err := strconv.ParseUint(u.Port(), 10, 16); err != nil || port == 0 {
				return errors.New("there is no port " + u.Port())
			}
		}
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
			return errors.New("a voice webhook and its status call-back are http or https addresses without user and fragment")
		}
	}
	switch {
	case len(w.URL) > 2048 || len(w.StatusCallback) > 2048 || len(w.Account) > 64 || len(w.AuthToken) > 128:
		return errors.New("address, account or token of the voice webhook is too long")
	}
	return nil
}

// A Call is what a webhook is told of a call.
type Call struct {
	SID      string
	From, To string // as the members write them
	Withheld bool
	Outgoing bool // placed by REST
}

// SID is the CallSid of a call: the same for the same call of a world.
func SID(world, id string) string {
	h := fnv.New128a()
	_, _ = h.Write([]byte(world + "/" + id)) // a hash takes all
	return fmt.Sprintf("CA%x", h.Sum(nil))
}

// Anonymous is the From of a caller who withholds the number.
const Anonymous = "anonymous"

// E164 is a number as Twilio writes it: a Japanese one, or one with its country.
func E164(number string) string {
	digits := strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, number)
	if strings.HasPrefix(number, "+") {
		return "+" + digits
	}
	if national, ok := strings.CutPrefix(digits, "0"); ok {
		return "+81" + national
	}
	return digits
}

// Teller tells webhooks. Its zero value is not usable; make one with NewTeller.
type Teller struct{ client *http.Client }

// Timeout is how long a webhook may take to answer.
const Timeout = 10 * time.Second

// NewTeller returns a Teller that asks by a client, which is to follow no redirects.
func NewTeller(client *http.Client) *Teller { return &Teller{client} }

// Ask tells a webhook of a call and returns what it wants done. Action is
// the address, relative to the webhook's and on its host, that is told of
// digits; "" is the webhook itself.
func (t *Teller) Ask(ctx context.Context, w Webhook, c Call, action, digits string) ([]ivr.Verb, error) {
	action, get := strings.CutPrefix(action, ivr.ByGet)
	address, err := resolve(w.URL, action)
	if err != nil {
		return nil, err
	}
	form := about(w, c, "in-progress")
	if digits != "" {
		form.Set("Digits", digits)
		form.Set("msg", "Gather End")
	}
	ask := t.post
	if get {
		ask = t.get
	}
	answer, err := ask(ctx, w, address, form)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }() // it was read as far as it matters
	return read(answer)
}

// Tell tells a webhook's status call-back, if it has one, that a call has ended
// which lasted so long. What is answered beside the status means nothing.
func (t *Teller) Tell(ctx context.Context, w Webhook, c Call, lasted time.Duration) error {
	if w.StatusCallback == "" {
		return nil
	}
	form := about(w, c, "completed")
	form.Set("CallDuration", strconv.Itoa(int(lasted/time.Second)))
	return tell(ctx, w, form, t.post)
}

// tell tells a status call-back by one of the two ways of asking.
func tell(ctx context.Context, w Webhook, form url.Values,
	ask func(context.Context, Webhook, string, url.Values) (*http.Response, error)) error {
	answer, err := ask(ctx, w, w.StatusCallback, form)
	if err != nil {
		return fmt.Errorf("status call-back: %w", err)
	}
	if err := answer.Body.Close(); err != nil {
		return fmt.Errorf("status call-back: %w", err)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("status call-back: returned %s", answer.Status)
	}
	return nil
}

// about is what every request tells of a call.
func about(w Webhook, c Call, status string) url.Values {
	form := url.Values{"CallSid": {c.SID}, "AccountSid": {w.Account}, "From": {E164(c.From)}, "To": {E164(c.To)},
		"CallStatus": {status}, "ApiVersion": {"2010-04-01"}, "Direction": {"inbound"}}
	if c.Withheld {
		form.Set("From", Anonymous)
	}
	if c.Outgoing {
		form.Set("Direction", "outbound-api")
	}
	form.Set("Caller", form.Get("From"))
	form.Set("Called", form.Get("To"))
	return form
}

// post sends a form, signed if there is a token; the body of the answer is the
// caller's to close.
func (t *Teller) post(ctx context.Context, w Webhook, address string, form url.Values) (*http.Response, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("voice webhook: %w", err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	return t.do(q, w, address, form)
}

// do sends a request, signed if there is a token.
func (t *Teller) do(q *http.Request, w Webhook, address string, form url.Values) (*http.Response, error) {
	q.Header.Set("User-Agent", "TwilioProxy/1.1 (netanswer; a test sandbox)")
	if w.AuthToken != "" {
		q.Header.Set("X-Twilio-Signature", Signature(w.AuthToken, address, form))
	}
	answer, err := t.client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("voice webhook: %w", err)
	}
	return answer, nil
}

// get asks an address with a form in its query, which is then part of what is
// signed.
func (t *Teller) get(ctx context.Context, w Webhook, address string, form url.Values) (*http.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("voice webhook: %w", err)
	}
	query := form.Encode()
	if u.RawQuery != "" {
		query = u.RawQuery + "&" + query
	}
	u.RawQuery = query
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("voice webhook: %w", err)
	}
	return t.do(q, w, u.String(), nil)
}

// resolve is the address that an action names.
func resolve(base, action string) (string, error) {
	b, err := url.Parse(base)
	if err != nil {
		return "", fmt.Errorf("voice webhook: %w", err)
	}
	if action == "" && base != "" {
		return base, nil
	}
	u, err := b.Parse(action)
	if err == nil && base == "" && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
		return u.String(), nil // of a document that came by REST; who dials looks at the host
	}
	if err != nil || base == "" || u.Scheme != b.Scheme || u.Host != b.Host || u.User != nil {
		return "", wrong("the action %q is not on the host of the voice webhook", action)
	}
	return u.String(), nil
}

func read(answer *http.Response) ([]ivr.Verb, error) {
	switch media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); {
	case answer.StatusCode >= 300 && answer.StatusCode < 400:
		return nil, fmt.Errorf("voice webhook: returned %s; redirects are not followed", answer.Status)
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("voice webhook: returned %s", answer.Status)
	case !slices.Contains([]string{"text/xml", "application/xml", "text/html"}, media):
		return nil, fmt.Errorf("voice webhook: returned content of type %q, not text/xml", media)
	}
	document, err := io.ReadAll(io.LimitReader(answer.Body, MaxDocument+1))
	if err != nil {
		return nil, fmt.Errorf("voice webhook: %w", err)
	}
	return Parse(document)
}

// Signature is the X-Twilio-Signature of a request with a form: HMAC-SHA1 of the
// address and the sorted names and values, in base64
// (https://www.twilio.com/docs/usage/security#validating-requests).
func Signature(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	write := func(s string) { _, _ = mac.Write([]byte(s)) } // a hash takes all
	write(address)
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range form[name] {
			write(name + value)
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
