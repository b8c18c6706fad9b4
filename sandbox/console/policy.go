package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// policyView is the tab of the policy.
type policyView struct{ Groups []policyGroup }

type policyGroup struct {
	Label  string
	Fields []policyField
}

// A policyField is one value and how it is edited.
type policyField struct {
	Name, Label string
	Kind        string // number, text, duration or choice
	Value       string // "true" or "false" of a choice
	Standard    string // what a fresh world has
	Changed     bool
}

// policyLabels are the values in words, in the order of the page. A test holds
// them against the policy, so that none is forgotten.
var policyLabels = []struct {
	label string
	names []string // name and label, in turn
}{
	{"ワンタイムパスコード", []string{
		"passcode_digits", "桁数", "passcode_lifetime", "有効期限", "passcode_attempts", "間違えられる回数",
		"passcode_reissues", "再発行できる回数", "passcode_reissue_interval", "再発行までの間隔"}},
	{"登録", []string{
		"registration_idle", "操作がないと終わるまで", "call_window", "電話をかけられる時間", "free_dial_number", "認証用電話番号",
		"net_answer_id_min", "NetアンサーIDの最小文字数", "net_answer_id_max", "NetアンサーIDの最大文字数",
		"password_min", "パスワードの最小文字数", "password_max", "パスワードの最大文字数", "credential_symbols", "IDとパスワードに使える記号",
		"personal_data_in_credentials", "個人情報を含むIDとパスワード（warn か refuse）", "id_equal_password", "IDと同じパスワード（refuse か allow）",
		"newsletter_default", "メール配信の初期値", "three_d_secure_enrolment", "3Dセキュアへの同時登録"}},
	{"アプリ", []string{
		"pin_digits", "暗証番号の桁数", "pin_attempts", "暗証番号を間違えられる回数", "app_install_duration", "インストールにかかる時間"}},
	{"カード", []string{
		"software_keyboard_shuffle", "ソフトウェアキーボードの数字の並べ替え", "security_code_digits", "セキュリティコードの桁数", "security_code_digits_amex", "同、AMEX", "card_mask", "カード番号の伏せ方",
		"destination_mask", "送信先の伏せ方", "password_mask", "パスワードの伏せ方"}},
	{"ログイン", []string{
		"login_attempts", "間違えられる回数", "login_lock", "ロックされる時間", "session_lifetime", "操作がないと終わるまで"}},
}

// inWords puts the labels of values in the place of their names.
func inWords(text string) string {
	for _, g := range policyLabels {
		for i := 0; i+1 < len(g.names); i += 2 {
			text = strings.ReplaceAll(text, g.names[i]+":", g.label+"の"+g.names[i+1]+":")
		}
	}
	return text
}

func (b *builder) policy() *policyView {
	now, standard := policyValues(b.m.Policy), b.handler.standard
	v := &policyView{}
	for _, g := range policyLabels {
		group := policyGroup{Label: g.label}
		for i := 0; i+1 < len(g.names); i += 2 {
			name := g.names[i]
			field := policyField{
				Name:     name,
				Label:    g.names[i+1],
				Kind:     policyKind(name, now[name]),
				Value:    policyText(now[name]),
				Standard: policyText(standard[name]),
			}
			field.Changed = field.Value != field.Standard
			group.Fields = append(group.Fields, field)
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}

// policyValues are the values of a policy by name.
func policyValues(p registration.Policy) map[string]any {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // plain data always marshals
	}
	values := map[string]any{}
	if err := json.Unmarshal(data, &values); err != nil {
		panic(err) // it was written a line ago
	}
	return values
}

func policyKind(name string, value any) string {
	switch value.(type) {
	case float64:
		return "number"
	case bool:
		return "choice"
	}
	for _, ending := range []string{"_lifetime", "_interval", "_idle", "_lock", "_duration"} {
		if strings.HasSuffix(name, ending) {
			return "duration"
		}
	}
	return "text"
}

// policyText writes a value as the form has it; 10m0s is shown as 10m.
func policyText(value any) string {
	text := fmt.Sprint(value)
	if rest, ok := strings.CutSuffix(text, "m0s"); ok {
		text = rest + "m"
	}
	if rest, ok := strings.CutSuffix(text, "h0m"); ok {
		text = rest + "h"
	}
	return text
}

// patchFrom is the merge patch that a form asks for: the values that differ
// from what the world has.
func patchFrom(form url.Values, p registration.Policy) (json.RawMessage, error) {
	patch := map[string]any{}
	for name, value := range policyValues(p) {
		if !form.Has(name) || form.Get(name) == policyText(value) {
			continue
		}
		switch given := form.Get(name); value.(type) {
		case float64:
			n, err := strconv.Atoi(strings.TrimSpace(given))
			if err != nil {
				return nil, fmt.Errorf("%s: %q は数ではありません", name, given)
			}
			patch[name] = n
		case bool:
			patch[name] = given == "true"
		default:
			patch[name] = given
		}
	}
	if len(patch) == 0 {
		return nil, nil
	}
	return json.Marshal(patch)
}

func (f handler) policyForm(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	patch, err := patchFrom(form, m.Policy)
	if err != nil {
		return formError{err.Error()}
	}
	if patch == nil {
		return nil
	}
	_, err = f.control.Arrange(ctx, name, world.Setup{Policy: patch})
	if errors.Is(err, world.ErrRequest) {
		reason := strings.TrimPrefix(err.Error(), world.ErrRequest.Error()+": policy: ")
		return formError{"方針を変えられませんでした。\n" + inWords(reason)}
	}
	return err
}
