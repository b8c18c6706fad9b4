package integrator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// verifyService is the service of Verify that the backend has.
const verifyService = "/v2/Services/VA0123456789abcdef0123456789abcdef/"

// VerifiesNumber has a person's number verified by a code that is sent to it.
func VerifiesNumber(ctx context.Context, name string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	status, answer, err := b.account(s, at.REST).request(ctx, http.MethodPost, verifyService+"Verifications", url.Values{"To": {p.Phone},
		"Channel": {"sms"}})
	b.refused = ""
	if err == nil && status != http.StatusCreated {
		b.refused, _ = refusal(status, answer)
	}
	return err
}

// ChecksCode checks the code that came to a person; otherwise one digit of it is
// another.
func ChecksCode(ctx context.Context, name string, right bool) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	m, err := b.Controls.AwaitSMS(ctx, s.World.Name, p.Phone, "", timeout)
	if err != nil {
		return err
	}
	if m.Passcode == nil {
		return errors.New("届いたSMSにコードがありません")
	}
	code := m.Passcode.Code
	if !right {
		code = strconv.Itoa((int(code[0]-'0')+1)%10) + code[1:]
	}
	status, answer, err := b.account(s, at.REST).request(ctx, http.MethodPost, verifyService+"VerificationCheck",
		url.Values{"To": {p.Phone}, "Code": {code}})
	if err != nil {
		return err
	}
	b.refused, b.verified = "", ""
	if status != http.StatusOK {
		b.refused, _ = refusal(status, answer)
		return nil
	}
	var told struct{ Status string }
	if err := json.Unmarshal(answer, &told); err != nil {
		return fmt.Errorf("verification check: %w", err)
	}
	b.verified = told.Status
	return nil
}

// verifieds are the states of a verification, in words.
var verifieds = map[string]string{"approved": "確認済み", "pending": "確認待ち"}

// IsVerified expects what the check of the code last said.
func IsVerified(ctx context.Context, want string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if b.refused != "" {
		return fmt.Errorf("エラー「%s」で断られました", b.refused)
	}
	return equal("番号の確認", want, verifieds[b.verified])
}

// lines are the kinds of a telephone line, in words.
var lines = map[string]string{"mobile": "携帯電話", "landline": "固定電話", "tollFree": "フリーダイヤル", "nonFixedVoip": "IP電話", "pager": "ポケットベル"}

// LooksUp asks what line a number has.
func LooksUp(ctx context.Context, number string) error {
	b, s, at, err := reached(ctx)
	if err != nil {
		return err
	}
	status, answer, err := b.account(s, at.REST).request(ctx, http.MethodGet,
		"/v2/PhoneNumbers/"+url.PathEscape(number)+"?Fields=line_type_intelligence", nil)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("look up: status %d: %s", status, answer)
	}
	var told struct {
		Valid bool
		Line  *struct{ Type string } `json:"line_type_intelligence"`
	}
	if err := json.Unmarshal(answer, &told); err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	b.looked = "誤り"
	if told.Valid && told.Line != nil {
		b.looked = lines[told.Line.Type]
	}
	return nil
}

// LineIs expects the kind of line that the number looked up last has.
func LineIs(ctx context.Context, want string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	return equal("番号の種別", want, b.looked)
}

// backendNumber is the number that the backend calls from.
const backendNumber = "+15005550006"

// CallsMember calls a person and says a sentence to them.
func CallsMember(ctx context.Context, name, sentence string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	says := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(sentence)
	status, answer, err := b.account(s, at.REST).ask(ctx, http.MethodPost, "Calls.json",
		url.Values{"To": {p.Phone}, "From": {backendNumber}, "Twiml": {"<Response><Say>" + says + "</Say></Response>"}})
	if err != nil {
		return err
	}
	if b.refused = ""; status != http.StatusCreated {
		b.refused, _ = refusal(status, answer)
		return nil
	}
	_, err = b.Controls.AwaitCallEnd(ctx, s.World.Name, p.Phone, "", timeout)
	return err
}

// ListsCalls expects so many calls of a status in the list of those that the
// backend placed to a person.
func ListsCalls(ctx context.Context, name, status string, want int) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	filter, ok := callStatuses[status]
	if !ok {
		return fmt.Errorf("there is no 「%s」", status)
	}
	query := url.Values{"To": {p.Phone}, "Status": {filter}}
	code, answer, err := b.account(s, at.REST).ask(ctx, http.MethodGet, "Calls.json?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	var told struct{ Calls []struct{ Status string } }
	if err := json.Unmarshal(answer, &told); err != nil || code != http.StatusOK {
		return errors.Join(err, fmt.Errorf("list of calls: status %d: %s", code, answer))
	}
	return equal("一覧の"+status+"の電話の数", strconv.Itoa(want), strconv.Itoa(len(told.Calls)))
}

// callStatuses are the statuses of a call in words.
var callStatuses = map[string]string{"通話済み": "completed", "話し中": "busy", "応答なし": "no-answer", "失敗": "failed"}
