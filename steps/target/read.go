package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// decode reads YAML. The library ends at some tags, as !!binary, in a panic.
func decode(data []byte, t *Target) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("it cannot be read as YAML")
		}
	}()
	return yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(t)
}

// Read reads a target.yaml. What is wrong with it is told all at once, in
// Japanese, each with the line it stands on; name is what the file is called,
// and lookup tells of the environment's variables, as os.LookupEnv.
func Read(name string, data []byte, lookup func(string) (string, bool)) (Target, error) {
	var t Target
	r := reader{name: name, data: data}
	if err := decode(data, &t); err != nil {
		if errors.Is(err, io.EOF) {
			return t, fmt.Errorf("%s: 何も書かれていません", name)
		}
		if r.spans(); len(r.wrong) > 0 { // of the standard library's errors, which know no lines
			return t, errors.Join(r.wrong...)
		}
		return t, malformed(name, err)
	}
	t.variables = map[string]string{}
	for _, v := range variable.FindAllString(remark.ReplaceAllString(string(data), ""), -1) {
		value, ok := lookup(strings.Trim(v, "${}"))
		if !ok || value == "" {
			r.wrong = append(r.wrong, fmt.Errorf("%s: 環境変数 %s がありません", name, strings.Trim(v, "${}")))
		}
		t.variables[strings.Trim(v, "${}")] = value
	}
	if t.Providers.Console == "" {
		t.Providers.Console = "http://127.0.0.1:8090"
	}
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
	if line == 0 {
		return fmt.Errorf("%s: %s", name, said)
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

// spans tells of lengths of time that are none.
func (r *reader) spans() {
	for _, key := range spanPaths(reflect.TypeFor[Target](), "") {
		p, err := yaml.PathString("$." + key)
		if err != nil {
			continue
		}
		node, err := p.ReadNode(bytes.NewReader(r.data))
		if err != nil || node.GetToken() == nil {
			continue // nothing is said of it
		}
		if d, err := time.ParseDuration(node.GetToken().Value); err != nil || d < 0 {
			r.say("$."+key, "%s は 2m や 30s のように、0以上の長さで書いてください", key)
		}
	}
}

// spanPaths are the keys of a type that are lengths of time, as Keys writes them.
func spanPaths(t reflect.Type, path string) (all []string) {
	switch {
	case t.Kind() == reflect.Pointer:
		return spanPaths(t.Elem(), path)
	case t == reflect.TypeFor[time.Duration]():
		return []string{path}
	case t.Kind() == reflect.Struct:
		each(t, func(name string, field reflect.Type) { all = append(all, spanPaths(field, below(path, name))...) })
	}
	return all
}

// filled are the words that are filled in when a call is made.
var filled = []string{"{now}", "{unix}", "{name}", "{value}", "{card}", "{phone}"}

func (r *reader) address(path, what, value string) {
	for _, w := range word.FindAllString(value, -1) {
		if !slices.Contains(filled, w) {
			r.say(path, "%sの %s が、instances のどれかにありません", what, w)
		}
	}
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
	if len(t.Drivers()) == 0 {
		r.say("$.web", "web、app、api のどれかに、実装のアドレスを書いてください")
	}
	r.spans()
	r.numbers(t.Policy)
	if s := t.Reset; s != nil && countTrue(s.URL != "", len(s.Command) > 0, s.Used != "") > 1 {
		r.say("$.reset", "reset には url、command、used のどれか一つだけを書いてください")
	}
	for i, words := range t.Instances {
		for name := range words {
			if !word.MatchString("{"+name+"}") || slices.Contains(filled, "{"+name+"}") {
				r.say(fmt.Sprintf("$.instances[%d]", i), "instances の「%s」は使えません。英小文字と数字と _ で、%s 以外を書いてください",
					name, strings.Join(filled, " "))
			}
		}
	}
	copies := t.Copies()
	for i, c := range copies {
		r.instance(c)
		for _, other := range copies[:i] {
			if c.Providers.World == other.Providers.World && c.Providers.Console == other.Providers.Console && t.Providers.Adapter == "" {
				r.say("$.instances", "instances ごとに providers の world を別にしてください（同じだと、届いたものがどの写しのものか分かりません）")
			}
		}
	}
	r.providers(t)
	for i, w := range t.Without {
		if !ruleForm.MatchString(w.Rule) || w.Reason == "" {
			r.say(fmt.Sprintf("$.without[%d]", i), "without には、p28-3 や p28 のような rule と、reason を書いてください")
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(t.Assumes)) {
		if !assumed.MatchString(rule) {
			r.say("$.assumes", "assumes の「%s」は仮定ではありません。a-06 のように書いてください", rule)
		}
	}
	r.apart("$.titles", "titles", t.Titles)
	r.apart("$.labels", "labels", t.Labels)
	r.members(t.Members)
	r.expected(t.Expected)
}

// numbers tells of numbers that no rule can have.
func (r *reader) numbers(p Policy) {
	for _, n := range []struct {
		key   string
		value int
	}{
		{"passcode_attempts", p.PasscodeAttempts}, {"pin_attempts", p.PINAttempts},
		{"login_attempts", p.LoginAttempts}, {"reissue_limit", p.ReissueLimit},
	} {
		if n.value < 0 {
			r.say("$.policy."+n.key, "policy の %s は 0 以上の数で書いてください", n.key)
		}
	}
}

func countTrue(all ...bool) (n int) {
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

// instance checks what is spelled out.
func (r *reader) instance(c Instance) {
	for _, a := range []struct{ path, what, value string }{{"$.web", "web ", c.Web}, {"$.app", "app ", c.App}, {"$.api", "api ", c.API},
		{"$.providers.adapter", "adapter ", c.Providers.Adapter}, {"$.providers.console", "console ", c.Providers.Console},
		{"$.providers.voice", "voice ", c.Providers.Voice}, {"$.providers.call_ended", "call_ended ", c.Providers.CallEnded}} {
		if a.value != "" {
			r.address(a.path, a.what, a.value)
		}
	}
	if w := word.FindString(c.Providers.World); w != "" {
		r.say("$.providers.world", "world の %s が、instances のどれかにありません", w)
	}
	for _, a := range []struct {
		path  string
		call  *Call
		words []string
	}{{"policy", c.Ask.Policy, []string{"{name}", "{value}"}}, {"phone", c.Ask.Phone, []string{"{card}", "{phone}"}},
		{"enrolments", c.Ask.Enrolments, []string{"{card}"}}} {
		if a.call != nil {
			r.asked("$.ask."+a.path, a.path, *a.call, a.words)
		}
	}
	if c.Reset != nil && len(c.Reset.Command) == 0 && c.Reset.Used == "" {
		r.address("$.reset.url", "reset の url ", c.Reset.URL)
	}
	if c.Clock != nil {
		r.address("$.clock.url", "clock の url ", c.Clock.URL)
		if text := c.Clock.URL + c.Clock.Body; !strings.Contains(text, "{now}") && !strings.Contains(text, "{unix}") {
			r.say("$.clock", "clock の url か body に、時刻の入る {now} か {unix} を書いてください")
		}
	}
}

// asked checks a call by which something is asked: what it is about must be in it.
func (r *reader) asked(path, name string, c Call, words []string) {
	r.address(path+".url", "ask の "+name+" の url ", c.URL)
	for _, w := range words {
		if !strings.Contains(c.URL+c.Body, w) {
			r.say(path, "ask の %s の url か body に、%s を書いてください", name, w)
		}
	}
}

func (r *reader) providers(t Target) {
	if countTrue(t.Providers.World != "", t.Providers.Claim != "", t.Providers.Adapter != "") != 1 {
		r.say("$.providers", "providers には world、claim、adapter のどれか一つだけを書いてください")
	}
	if t.Able(Telephone) && t.Providers.Voice == "" && t.API == "" {
		r.say("$.providers", "call ができるなら、providers の voice に、電話に答える呼び出し先を書いてください")
	}
	if t.Providers.Claim != "" && len(t.Instances) > 1 {
		r.say("$.providers.claim", "claim で受け取れるのは、instances が一つのときだけです")
	}
}

var (
	cardForm   = regexp.MustCompile(`^[0-9]{14,16}$`)
	expiryForm = regexp.MustCompile(`^(0[1-9]|1[0-2])/[0-9]{2}$`)
	codeForm   = regexp.MustCompile(`^[0-9]{3,4}$`)
	ruleForm   = regexp.MustCompile(`^([asmt]-\d+|p\d+(-\d+)?)$`)
	placeForm  = regexp.MustCompile(`^features/.+\.feature:[1-9][0-9]*$`)
)

// apart tells of entries that say the same of two things: nobody could tell which
// of them it is.
func (r *reader) apart(path, what string, words map[string]string) {
	by := map[string]string{}
	for _, guide := range slices.Sorted(maps.Keys(words)) {
		if before, twice := by[words[guide]]; twice {
			r.say(path, "%s の「%s」と「%s」はどちらも「%s」で、見分けられません。別のところに現れる言葉を書いてください", what, before, guide, words[guide])
		}
		by[words[guide]] = guide
	}
}

var kinds = []Kind{
	ByText,
	ByMail,
	ByCall,
	OffFile,
	Visa,
	Mastercard,
	JCB,
	Amex,
	TwoCards,
	Registered,
	ExpiredCard,
	Corporate,
	ClubOn,
	Stopped,
	Withdrawn,
}

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
		for _, k := range m.Kinds {
			if !slices.Contains(kinds, k) {
				r.say(at+".kinds", "知らない種類「%s」です。書けるのは %v です", k, kinds)
			}
		}
		for k, s := range m.Pool {
			r.card(fmt.Sprintf("%s.pool[%d]", at, k), Card{Card: s.Card, Expiry: s.Expiry, Code: s.Code})
		}
		if m.Sandbox() {
			continue
		}
		for k, c := range m.All() {
			of := at
			if len(m.Cards) > 0 {
				of = fmt.Sprintf("%s.cards[%d]", at, k)
			}
			r.card(of, c)
		}
	}
}

func (r *reader) card(at string, c Card) {
	if !cardForm.MatchString(c.Card) {
		r.say(at+".card", "card は14〜16桁の数字を引用符で囲んで書いてください")
	}
	if !expiryForm.MatchString(c.Expiry) {
		r.say(at+".expiry", "expiry は「月/年」を 09/29 のように書いてください")
	}
	if !codeForm.MatchString(c.Code) {
		r.say(at+".code", "code は3桁か4桁の数字を引用符で囲んで書いてください")
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
