package integrator

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// token is the secret that the backend and its providers share.
const token = "any-token"

// signed tells whether a request that came to an address is signed with the token,
// as Twilio signs: HMAC-SHA1 over the address and, in the order of their names,
// the fields of the form.
func signed(r *http.Request, address string) bool {
	mac := hmac.New(sha1.New, []byte(token))
	_, _ = mac.Write([]byte(address)) // a hash takes everything
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		_, _ = mac.Write([]byte(name + r.PostForm.Get(name)))
	}
	return r.Header.Get("X-Twilio-Signature") == base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// A desk takes the call-backs that tell what became of an SMS.
type desk struct {
	server  *http.Server
	address string
	told    chan string // the statuses, in order
}

// ServeHTTP implements http.Handler.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status := inWords(r.PostFormValue("MessageStatus"))
	if !signed(r, d.address) {
		status = "署名のない知らせ"
	}
	select {
	case d.told <- status:
	default:
		w.WriteHeader(http.StatusServiceUnavailable) // more than anybody waits for
	}
}

// opensFixture makes the backend take call-backs, of all that it sends from now on.
func (b *Backend) opensFixture() error {
	if b.desk != nil {
		return nil
	}
	l, address, err := b.listen()
	if err != nil {
		return err
	}
	d := &desk{address: "http://" + address + "/status?order=42", told: make(chan string, 16)}
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: timeout}
	go func() { _ = d.server.Serve(l) }() // it ends with Leave
	b.desk = d
	return nil
}

// TextsToBeTold sends an SMS by REST and wants to be told what becomes of it.
func TextsToBeTold(ctx context.Context, name string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	if err := b.opensFixture(); err != nil {
		return err
	}
	b.text = text{to: p.Phone, body: "お知らせ " + s.World.Name}
	b.text.sid, b.refused, err = b.account(s, at.REST).
		create(ctx, url.Values{"To": {p.Phone}, "From": {"SAISON"}, "Body": {b.text.body}, "StatusCallback": {b.desk.address}})
	return err
}

// IsToldStatuses expects what the backend was told of the SMS, in order.
func IsToldStatuses(ctx context.Context, want []string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if b.desk == nil {
		return errors.New("状態の知らせは求めていません")
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var told []string
	for len(told) < len(want) {
		select {
		case status := <-b.desk.told:
			told = append(told, status)
		case <-ctx.Done():
			return fmt.Errorf("「%s」と知らされるはずが「%s」だけです", strings.Join(want, "」「"), strings.Join(told, "」「"))
		}
	}
	return equal("知らされた状態", strings.Join(want, "」「"), strings.Join(told, "」「"))
}

// ReasonIs expects why the SMS sent last was not delivered: the number of the
// error where it was sent by REST, err of its receipt where by SMPP.
func ReasonIs(ctx context.Context, want string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	if b.text.sid == "" {
		if b.line == nil {
			return errors.New("SMSは送っていません")
		}
		told, err := b.line.receipt()
		if err != nil {
			return err
		}
		if !strings.Contains(told, " err:"+want+" ") {
			return fmt.Errorf("理由は「%s」のはずが、報告は %s", want, told)
		}
		return nil
	}
	told, err := b.account(s, b.at.REST).fetch(ctx, b.text.sid)
	if err != nil {
		return err
	}
	return equal("届かなかった理由", want, strconv.Itoa(told.ErrorCode))
}

// CallsAreSigned expects that the backend was asked of calls, and that every
// question was signed.
func CallsAreSigned(ctx context.Context) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if b.hook == nil {
		return errors.New("自社システムは電話に出ていません")
	}
	b.hook.mu.Lock()
	defer b.hook.mu.Unlock()
	if b.hook.asked == 0 || b.hook.signed != b.hook.asked {
		return fmt.Errorf("%d回の問い合わせのうち、署名のあるものは%d回です", b.hook.asked, b.hook.signed)
	}
	return nil
}
