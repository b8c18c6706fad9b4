package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// Read reads a target.yaml. What is wrong with it is told all at once, in
// Japanese, each with the line it stands on; name is what the file is called.
func Read(name string, data []byte) (Target, error) {
	var t Target
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&t); err != nil {
		if errors.Is(err, io.EOF) {
			return t, fmt.Errorf("%s: 何も書かれていません", name)
		}
		return t, malformed(name, err)
	}
	r := reader{name: name, data: data}
	r.check(t)
	return t, errors.Join(r.wrong...)
}

// malformed is an error of the YAML itself. What a decoder quotes of the file
// is left out, for it may be a card number.
func malformed(name string, err error) error {
	line := 0
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		line = at.GetToken().Position.Line
	}
	said := "YAML として読めません。字下げ、記号、値の型を確かめてください"
	var unknown *yaml.UnknownFieldError
	var twice *yaml.DuplicateKeyError
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &unknown):
		said = fmt.Sprintf("知らない項目「%s」です。綴りを確かめてください", unknown.GetToken().Value)
	case errors.As(err, &twice):
		said = fmt.Sprintf("項目「%s」が二度書かれています", twice.GetToken().Value)
	case errors.As(err, &syntax) && strings.Contains(syntax.GetMessage(), "already defined"): // the parser tells it so
		said = fmt.Sprintf("項目「%s」が二度書かれています", syntax.GetToken().Value)
	}
	return fmt.Errorf("%s:%d: %s", name, line, said)
}

type reader struct {
	name  string
	data  []byte
	wrong []error
}

// say notes what is wrong at a path of the file, or at the nearest above it.
func (r *reader) say(path, format string, args ...any) {
	line := 1
	for at := path; at != "$"; at = at[:strings.LastIndexAny(at, ".[")] {
		p, err := yaml.PathString(at)
		if err != nil {
			continue
		}
		if node, err := p.ReadNode(bytes.NewReader(r.data)); err == nil && node.GetToken() != nil {
			line = node.GetToken().Position.Line
			break
		}
	}
	r.wrong = append(r.wrong, fmt.Errorf("%s:%d: %s", r.name, line, fmt.Sprintf(format, args...)))
}

func (r *reader) address(path, what, value string) {
	if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.say(path, "%sは http:// か https:// で始まるアドレスで書いてください", what)
	}
}

func (r *reader) check(t Target) {
	for i, c := range t.Can {
		if !slices.Contains(capabilities, c) {
			r.say(fmt.Sprintf("$.can[%d]", i), "知らない能力「%s」です。書けるのは %v です", c, capabilities)
		}
	}
	if len(t.Can) == 0 {
		r.say("$.can", "can に、実装ができることを一つ以上書いてください")
	}
	if t.Web != "" || slices.Contains(t.Can, Web) {
		r.address("$.web", "web ", t.Web)
	}
	if t.App != "" || slices.Contains(t.Can, App) {
		r.address("$.app", "app ", t.App)
	}
	set := 0
	for _, v := range []string{t.Providers.World, t.Providers.Claim, t.Providers.Adapter} {
		if v != "" {
			set++
		}
	}
	if set != 1 {
		r.say("$.providers", "providers には world、claim、adapter のどれか一つだけを書いてください")
	}
	if t.Providers.Adapter != "" {
		r.address("$.providers.adapter", "adapter ", t.Providers.Adapter)
	}
	if t.Clock != nil {
		r.address("$.clock.url", "clock の url ", t.Clock.URL)
		if !strings.Contains(t.Clock.URL+t.Clock.Body, "{now}") && !strings.Contains(t.Clock.URL+t.Clock.Body, "{unix}") {
			r.say("$.clock", "clock の url か body に、時刻の入る {now} か {unix} を書いてください")
		}
	}
	r.members(t.Members)
	r.expected(t.Expected)
}

var (
	cardForm   = regexp.MustCompile(`^[0-9]{14,16}$`)
	expiryForm = regexp.MustCompile(`^(0[1-9]|1[0-2])/[0-9]{2}$`)
	codeForm   = regexp.MustCompile(`^[0-9]{3,4}$`)
	placeForm  = regexp.MustCompile(`^features/.+\.feature:[1-9][0-9]*$`)
)

func (r *reader) members(members []Member) {
	if len(members) == 0 {
		r.say("$.members", "members に、試験用の会員を一人以上書いてください")
	}
	seen := map[string]bool{}
	for i, m := range members {
		at := fmt.Sprintf("$.members[%d]", i)
		if m.Called == "" || seen[m.Called] {
			r.say(at+".called", "called には「花子さん」のように、一人ずつ別の名前を書いてください")
		}
		seen[m.Called] = true
		if !cardForm.MatchString(m.Card) {
			r.say(at+".card", "card は14〜16桁の数字を引用符で囲んで書いてください")
		}
		if !expiryForm.MatchString(m.Expiry) {
			r.say(at+".expiry", "expiry は「月/年」を 09/29 のように書いてください")
		}
		if !codeForm.MatchString(m.Code) {
			r.say(at+".code", "code は3桁か4桁の数字を引用符で囲んで書いてください")
		}
	}
}

func (r *reader) expected(list []Expected) {
	for i, e := range list {
		at := fmt.Sprintf("$.expected_failures[%d]", i)
		if !placeForm.MatchString(e.At) {
			r.say(at+".at", "at は features/web/passcode.feature:12 のように書いてください")
		}
		if e.Reason == "" {
			r.say(at+".reason", "reason に、失敗してよい理由を書いてください")
		}
		if _, err := time.Parse(time.DateOnly, e.Until); err != nil {
			r.say(at+".until", "until は期限の日を 2026-12-31 のように書いてください")
		}
	}
}
