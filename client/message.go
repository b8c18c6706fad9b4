package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// A Passcode is what a message tells of a one-time passcode, as the person who
// reads it would know it.
type Passcode struct {
	Code       string    `json:"code"`
	IssuedAt   time.Time `json:"issued_at"`           // when the message was accepted
	ExpiresAt  time.Time `json:"expires_at,omitzero"` // as the message words it; zero where it words none
	Superseded bool      `json:"superseded"`          // a later message carries another

	Candidates []Candidate `json:"candidates,omitempty"` // where two or more could be meant, the likeliest first
}

// A Candidate is a number that could be meant as a passcode.
type Candidate struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// An SMS is a message on a phone.
type SMS struct {
	ID          string    `json:"id"`
	From        string    `json:"from"`
	To          string    `json:"to"`
	Body        string    `json:"body"`
	Encoding    string    `json:"encoding"`
	Segments    int       `json:"segments"`
	AcceptedAt  time.Time `json:"accepted_at"`
	DeliveredAt time.Time `json:"delivered_at"`
	SendAt      time.Time `json:"send_at,omitzero"`   // when its sender wants it sent; zero for at once
	Class       string    `json:"class,omitempty"`    // its message class; 0 is shown at once
	Account     string    `json:"account,omitempty"`  // who handed it over, as its protocol names it; "" for the reference backend in process
	Passcode    *Passcode `json:"passcode,omitempty"` // nil where it carries none
}

// A Mail is a message in a mailbox.
type Mail struct {
	ID          string    `json:"id"`
	From        string    `json:"from"`
	To          string    `json:"to"`
	Subject     string    `json:"subject"`
	Text        string    `json:"text"`
	HTML        string    `json:"html,omitempty"`
	AcceptedAt  time.Time `json:"accepted_at"`
	DeliveredAt time.Time `json:"delivered_at"`
	Passcode    *Passcode `json:"passcode,omitempty"` // nil where it carries none

	Flaws       []string     `json:"flaws,omitempty"` // what is not as mail should be
	Links       []Link       `json:"links,omitempty"` // of AwaitMail only
	Attachments []Attachment `json:"attachments,omitempty"`
	Headers     []Header     `json:"headers,omitempty"` // of Mail only
}

// A Link is one that a reader of a mail can follow.
type Link struct {
	URL  string `json:"url"`
	Text string `json:"text,omitempty"` // what stands there; "" where it is the address itself
}

// An Attachment is a part of a mail that is no text to be read at once.
type Attachment struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	ContentID string `json:"content_id,omitempty"` // how the HTML names it
	Size      int    `json:"size"`
}

// A Header is one field of a mail's header, decoded.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SMS returns what is on the phone of a number now, oldest first; on every
// phone where the number is "".
func (c *Client) SMS(ctx context.Context, world, to string) ([]SMS, error) {
	return pages(recipient(to), func(q url.Values) ([]SMS, string, error) {
		var found struct {
			Messages []SMS  `json:"messages"`
			Next     string `json:"next"`
		}
		err := c.do(ctx, http.MethodGet, in(world, "/sms"), q, nil, &found)
		return found.Messages, found.Next, err
	})
}

// pages asks for every page of a list.
func pages[T any](q url.Values, ask func(url.Values) (some []T, next string, err error)) (all []T, err error) {
	for {
		some, next, err := ask(q)
		if all = append(all, some...); err != nil || next == "" {
			return all, err
		}
		if q == nil {
			q = url.Values{}
		}
		q.Set("after", next)
	}
}

// AwaitSMS waits for the newest SMS to a number that comes after the one with
// that id; "" for the number is every phone, for the id any message. It answers
// at once with one that is there, else when one arrives or the world's clock
// reaches one under way, at most within, by the machine's clock, and no longer
// than MaxWait; then with ErrNothingArrived. A within of 0 does not wait.
func (c *Client) AwaitSMS(ctx context.Context, world, to, after string, within time.Duration) (SMS, error) {
	var found SMS
	err := c.do(ctx, http.MethodGet, in(world, "/sms/wait"), waiting(to, after, within), nil, &found)
	return found, err
}

// Mails returns what is in the mailbox of an address now, oldest first; in
// every mailbox where the address is "".
func (c *Client) Mails(ctx context.Context, world, to string) ([]Mail, error) {
	return c.mails(ctx, world, recipient(to))
}

func (c *Client) mails(ctx context.Context, world string, q url.Values) ([]Mail, error) {
	return pages(q, func(q url.Values) ([]Mail, string, error) {
		var found struct {
			Mails []Mail `json:"mails"`
			Next  string `json:"next"`
		}
		err := c.do(ctx, http.MethodGet, in(world, "/mail"), q, nil, &found)
		return found.Mails, found.Next, err
	})
}

// SearchMails returns the mails in the mailbox of an address, or in every
// one, that have all of these words in sender, recipient, subject or text.
func (c *Client) SearchMails(ctx context.Context, world, to, words string) ([]Mail, error) {
	q := url.Values{"q": {words}}
	if to != "" {
		q.Set("to", to)
	}
	return c.mails(ctx, world, q)
}

// Mail returns one mail and its header.
func (c *Client) Mail(ctx context.Context, world, id string) (Mail, error) {
	var found Mail
	err := c.do(ctx, http.MethodGet, in(world, "/mail/"+url.PathEscape(id)), nil, nil, &found)
	return found, err
}

// Links returns what can be followed in a mail, in the order it stands in.
func (c *Client) Links(ctx context.Context, world, id string) ([]Link, error) {
	var found struct {
		Links []Link `json:"links"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/mail/"+url.PathEscape(id)+"/links"), nil, nil, &found)
	return found.Links, err
}

// TakeIA5ForGSM sets whether text that SMPP marks as IA5 is read in the GSM
// alphabet.
func (c *Client) TakeIA5ForGSM(ctx context.Context, world string, gsm bool) error {
	return c.do(ctx, http.MethodPut, in(world, "/sms/settings"), nil, map[string]bool{"ia5_is_gsm": gsm}, nil)
}

// Attachment returns what the n-th attachment of a mail holds, from 0.
func (c *Client) Attachment(ctx context.Context, world, id string, n int) ([]byte, error) {
	return c.send(ctx, http.MethodGet, in(world, "/mail/"+url.PathEscape(id)+"/attachments/"+strconv.Itoa(n)), nil, nil, MaxAnswer)
}

// AwaitMail waits for the newest mail to an address as AwaitSMS does.
func (c *Client) AwaitMail(ctx context.Context, world, to, after string, within time.Duration) (Mail, error) {
	var found Mail
	err := c.do(ctx, http.MethodGet, in(world, "/mail/wait"), waiting(to, after, within), nil, &found)
	return found, err
}

// RawMail returns a mail as it was received, in the form of RFC 5322.
func (c *Client) RawMail(ctx context.Context, world, id string) (string, error) {
	raw, err := c.send(ctx, http.MethodGet, in(world, "/mail/"+url.PathEscape(id)+"/raw"), nil, nil, MaxAnswer)
	return string(raw), err
}

// ForgetSMS empties the phone of a number; every phone where it is "".
func (c *Client) ForgetSMS(ctx context.Context, world, to string) error {
	return c.do(ctx, http.MethodDelete, in(world, "/sms"), recipient(to), nil, nil)
}

// ForgetMails empties the mailbox of an address; every mailbox where it is "".
func (c *Client) ForgetMails(ctx context.Context, world, to string) error {
	return c.do(ctx, http.MethodDelete, in(world, "/mail"), recipient(to), nil, nil)
}

func recipient(to string) url.Values {
	if to == "" {
		return nil
	}
	return url.Values{"to": {to}}
}

func waiting(to, after string, within time.Duration) url.Values {
	q := url.Values{"within": {within.String()}}
	if to != "" {
		q.Set("to", to)
	}
	if after != "" {
		q.Set("after", after)
	}
	return q
}
