package twilio

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/mocks/sms"
)

// SignatureHeader is the header that proves who makes a call-back.
const SignatureHeader = "X-Twilio-Signature"

// Sign is the signature of a call-back: HMAC-SHA1 with the account's token over
// the whole address and, in alphabetical order, each field's name and value.
func Sign(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	var text strings.Builder
	text.WriteString(address)
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range form[name] {
			text.WriteString(name + value)
		}
	}
	_, _ = io.WriteString(mac, text.String()) // a hash takes everything
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// TokenHeader is the header of a call-back that is the same for each try of it.
const TokenHeader = "I-Twilio-Idempotency-Token"

// CallBack tells a sender what became of a message. It is tried once; who tells it a
// second time, because nobody knows whether it was told, has the same token.
func CallBack(ctx context.Context, client *http.Client, k Kept, r sms.Report) error {
	form := url.Values{"MessageSid": {k.SID}, "SmsSid": {k.SID}, "AccountSid": {r.Account}, "ApiVersion": {apiVersion},
		"MessageStatus": {string(r.Status)}, "SmsStatus": {string(r.Status)}, "From": {k.From}, "To": {sms.International(k.To)}}
	if code, words := errorCode(k.Reason); code != 0 && (r.Status == sms.Undelivered || r.Status == sms.Failed) {
		form.Set("ErrorCode", strconv.Itoa(code))
		form.Set("ErrorMessage", words)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("status call-back: %w", err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	q.Header.Set("User-Agent", "TwilioProxy/1.1")
	q.Header.Set(SignatureHeader, Sign(r.Secret, r.URL, form))
	token := sha256.Sum256([]byte(k.SID + " " + string(r.Status)))
	q.Header.Set(TokenHeader, hex.EncodeToString(token[:16]))
	answer, err := client.Do(q)
	if err != nil {
		return fmt.Errorf("status call-back: %w", err)
	}
	defer answer.Body.Close()
	if _, err := io.CopyN(io.Discard, answer.Body, 64<<10); err != nil && err != io.EOF {
		return fmt.Errorf("status call-back: %w", err)
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("status call-back: %s", answer.Status)
	}
	return nil
}
