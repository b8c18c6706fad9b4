package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// policyView is the tab of the policy.
type policyView struct {
	Undo    *undoView
	Differs []policyField // what is not as in a fresh world
	Groups  []policyGroup
}

type policyGroup struct {
	Label  string
	Fields []policyField
}

// A policyField is one value and how it is edited.
type policyField struct {
	Group, Name, Label string
	Kind               string // number, text, duration or choice
	Choices            []policyChoice
	Value              string // as the form has it
	Standard           string // what a fresh world has, in words
	Error              string // why what was entered cannot be, "" where it can
	Changed            bool
}

// A policyChoice is one of some values.
type policyChoice struct{ Value, Label string }

var (
	yesOrNo       = []policyChoice{{"true", "する"}, {"false", "しない"}}
	policyChoices = map[string][]policyChoice{
		"personal_data_in_credentials": {{registration.StanceWarn, "注意を出す"}, {registration.StanceRefuse, "断る"}},
		"id_equal_password":            {{registration.StanceRefuse, "断る"}, {registration.StanceAllow, "受け付ける"}},
	}
)

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
		"personal_data_in_credentials", "個人情報を含むIDとパスワード", "id_equal_password", "IDと同じパスワード",
		"newsletter_default", "メール配信の初期値", "three_d_secure_enrolment", "3Dセキュアへの同時登録"}},
	{"アプリ", []string{
		"pin_digits", "暗証番号の桁数", "pin_attempts", "暗証番号を間違えられる回数", "app_install_duration", "インストールにかかる時間"}},
	{"カード", []string{
		"software_keyboard_shuffle", "ソフトウェアキーボードの数字の並べ替え", "security_code_digits", "セキュリティコードの桁数", "security_code_digits_amex",
		"セキュリティコードの桁数（AMEX）", "card_mask", "カード番号の伏せ方",
		"destination_mask", "送信先の伏せ方", "password_mask", "パスワードの伏せ方"}},
	{"ログイン", []string{
		"login_attempts", "間違えられる回数", "login_lock", "ロックされる時間", "session_lifetime", "操作がないと終わるまで"}},
}

// policyLabel is a value in words.
func policyLabel(name string) string {
	for _, g := range policyLabels {
		for i := 0; i+1 < len(g.names); i += 2 {
			if g.names[i] == name {
				return g.label + "の" + g.names[i+1]
			}
		}
	}
	return name
}

func (b *builder) policy() *policyView {
	now := policyValues(b.m.Policy)
	v := &policyView{Undo: b.undo()}
	for _, g := range policyLabels {
		group := policyGroup{Label: g.label}
		for i := 0; i+1 < len(g.names); i += 2 {
			field := b.policyField(g.label, g.names[i], g.names[i+1], now)
			group.Fields = append(group.Fields, field)
			if field.Changed {
				v.Differs = append(v.Differs, field)
			}
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}

func (b *builder) policyField(group, name, label string, now map[string]any) policyField {
	standard := b.handler.standard[name]
	field := policyField{Group: group, Name: name, Label: label, Kind: policyKind(name, standard), Choices: choicesOf(name, standard),
		Value: policyText(name, now[name]), Standard: policyText(name, standard), Error: b.problem.fields[name]}
	field.Changed = field.Value != field.Standard
	field.Standard = chosen(name, field.Standard)
	if len(b.problem.fields) > 0 && b.problem.given.Has(name) {
		field.Value = b.problem.given.Get(name)
	}
	return field
}

// Now is what the value is, in words.
func (f policyField) Now() string { return chosen(f.Name, f.Value) }

// choicesOf are those of a value that has some, else nil.
func choicesOf(name string, value any) []policyChoice {
	if value == true || value == false {
		return yesOrNo
	}
	return policyChoices[name]
}

// chosen is a value in the words of its choice, or as it is.
func chosen(name, value string) string {
	for _, c := range slices.Concat(policyChoices[name], yesOrNo) {
		if c.Value == value {
			return c.Label
		}
	}
	return value
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

func lasts(name string) bool {
	return registration.PolicyFields()[name] == reflect.TypeFor[registration.Duration]()
}

func policyKind(name string, value any) string {
	switch _, number := value.(float64); {
	case number:
		return "number"
	case choicesOf(name, value) != nil:
		return "choice"
	case lasts(name):
		return "duration"
	}
	return "text"
}

// policyText writes a value as the form has it: a length of time in words.
func policyText(name string, value any) string {
	text := fmt.Sprint(value)
	if d, err := registration.ParseDuration(text); err == nil && lasts(name) {
		return registration.Duration(d).Words()
	}
	return text
}

// patchFrom is the merge patch that a form asks for: the values that differ
// from what the world has.
func patchFrom(form url.Values, p registration.Policy) (map[string]any, error) {
	patch, values := map[string]any{}, policyValues(p)
	var errs []error
	for name, all := range form {
		value, known := values[name]
		given := all[0]
		switch {
		case !known:
			errs = append(errs, &registration.PolicyError{Field: name, Reason: "is no value of a policy", Says: "方針にない値です。"})
			continue
		case given == policyText(name, value):
			continue
		}
		switch value.(type) {
		case float64:
			n, err := strconv.Atoi(strings.TrimSpace(folded(given)))
			if err != nil && !errors.Is(err, strconv.ErrRange) { // then n is the nearest, which no value can be
				errs = append(errs, &registration.PolicyError{Field: name, Reason: err.Error(), Says: "数を入れてください。"})
			}
			patch[name] = n
		case bool:
			patch[name] = given == "true"
		default:
			patch[name] = given
		}
	}
	return patch, errors.Join(errs...)
}

// restored is the merge patch that makes one value, or with "*" each, as in a fresh
// world.
func (f handler) restored(name string) (map[string]any, error) {
	if name == "*" {
		return f.standard, nil
	}
	value, known := f.standard[name]
	if !known {
		return nil, formError{text: "その値は方針にありません。"}
	}
	return map[string]any{name: value}, nil
}

func (f handler) policyForm(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	var patch map[string]any
	if form.Has("restore") {
		patch, err = f.restored(form.Get("restore"))
	} else {
		patch, err = patchFrom(form, m.Policy)
	}
	if err == nil && len(patch) > 0 {
		var text []byte
		if text, err = json.Marshal(patch); err == nil {
			_, err = f.control.Arrange(ctx, name, world.Setup{Policy: text, Kept: true})
		}
	}
	if wrong := registration.PolicyErrors(err); len(wrong) > 0 {
		return policyTrouble(wrong, form)
	}
	return err
}

// policyTrouble is what is wrong with values, at each of them and above all.
func policyTrouble(wrong []*registration.PolicyError, form url.Values) error {
	told := formError{text: "方針を変えられませんでした。", fields: map[string]string{}, given: form}
	for _, e := range wrong {
		told.fields[e.Field] = e.Says
	}
	for _, name := range slices.Sorted(maps.Keys(told.fields)) {
		told.text += "\n" + policyLabel(name) + ": " + told.fields[name]
	}
	return told
}
