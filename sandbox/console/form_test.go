package console_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/world"
)

// submit sends a form of a page as a browser does.
func (s sandbox) submit(path string, fields ...string) reply {
	s.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r := s.request("POST", path, form.Encode())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.send(r)
}

func (s sandbox) snapshot(name string) world.Snapshot {
	s.Helper()
	m, err := s.service.Snapshot(s.Context(), name)
	if err != nil {
		s.Fatal(err)
	}
	return m
}

func TestClockFormsMoveTheClockAndComeBack(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	const at = "/worlds/w/clock?tab=timeline&tel=09000001001"
	for _, step := range []struct {
		field, value string
		now          time.Time
		running      bool
	}{
		{"running", "false", start, false},
		{"advance", "10分", start.Add(10 * time.Minute), false},
		{"now", "2026-12-31T23:59:58", time.Date(2026, 12, 31, 23, 59, 58, 0, start.Location()), false},
		{"now", "2026-12-31T23:59", time.Date(2026, 12, 31, 23, 59, 0, 0, start.Location()), false},
		{"running", "true", time.Date(2026, 12, 31, 23, 59, 0, 0, start.Location()), true},
	} {
		got := s.submit(at, step.field, step.value)
		m := s.snapshot("w")
		if got.status != 200 || got.url != "/worlds/w?tab=timeline&tel=09000001001" || !m.Now.Equal(step.now) ||
			m.Clock.Running != step.running {
			t.Errorf("%s %s: status %d at %s; clock %s, %v", step.field, step.value, got.status, got.url, m.Now, m.Clock.Running)
		}
	}
}

func TestFormsChangePolicyTextsMembersAndMessages(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	html, _ := s.page("/worlds/w?tab=policy")
	serial := s.snapshot("w").Timeline.Serial
	s.submit("/worlds/w/policy", "passcode_digits", "6", "passcode_lifetime", "10分", "newsletter_default", "true")
	if m := s.snapshot("w"); m.Timeline.Serial != serial || !strings.Contains(html, `value="10分"`) {
		t.Error("a form with nothing changed has changed the world")
	}
	s.submit(
		"/worlds/w/policy",
		"passcode_digits",
		"８",
		"passcode_lifetime",
		"１分30秒",
		"newsletter_default",
		"false",
		"card_mask",
		"0000-****",
	)
	if p := s.snapshot("w").Policy; p.PasscodeDigits != 8 || p.PasscodeLifetime.Of() != 90*time.Second || p.NewsletterDefault ||
		p.CardMask != "0000-****" {
		t.Errorf("policy %+v", p)
	}
	s.submit("/worlds/w/texts", "id", "home.lead", "text", "一行目\r\n二行目")
	if text := s.snapshot("w").Say("home.lead"); text != "一行目\n二行目" {
		t.Errorf("text %q", text)
	}
	s.submit("/worlds/w/texts", "id", "home.lead", "text", "一行目", "restore", "home.lead")
	if s.snapshot("w").Texts.Has("home.lead") {
		t.Error("the text was not restored")
	}
	s.submit("/worlds/w/members", "count", "3")
	if n := s.snapshot("w").Issuer.Generated; n != 3 {
		t.Errorf("%d generated", n)
	}
	s.submit("/worlds/w/forget", "what", "sms", "to", "090-0000-1001")
	s.submit("/worlds/w/forget", "what", "mail", "to", "")
	if m := s.snapshot("w"); len(m.SMS.Messages) != 0 || len(m.Mailbox.Mails) != 0 {
		t.Errorf("left are %v %v", m.SMS.Messages, m.Mailbox.Mails)
	}
	if got := s.submit("/worlds/w/delete"); got.url != "/worlds?gone=w" || !strings.Contains(got.text, "ワールド w を消しました。") || s.snapshot("w").Timeline.Serial != 0 {
		t.Errorf("%s", got.url)
	}
}

func TestFormsThatCannotBeCarriedOutSaySoAndChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.step(s.service.Web().Start(t.Context(), "w"))
	serial := s.snapshot("w").Timeline.Serial
	tests := map[string]struct {
		path   string
		fields []string
		status int
		says   string
	}{
		"a time that is none":         {"/worlds/w/clock", []string{"now", "きょう"}, 422, "の形で入れてください"},
		"a time out of range":         {"/worlds/w/clock", []string{"now", "1999-12-31T00:00"}, 422, "2000年から2099年"},
		"a way that is none":          {"/worlds/w/clock", []string{"advance", "すこし"}, 422, "9分59秒"},
		"a digit that is none":        {"/worlds/w/policy", []string{"passcode_digits", "六"}, 422, "ワンタイムパスコードの桁数: 数を入れてください。"},
		"too many digits":             {"/worlds/w/policy", []string{"passcode_digits", "99"}, 422, "ワンタイムパスコードの桁数: 4から10までの数にしてください。"},
		"digits beyond counting":      {"/worlds/w/policy", []string{"passcode_digits", "99999999999999999999"}, 422, "ワンタイムパスコードの桁数: 4から10まで"},
		"a length that is none":       {"/worlds/w/policy", []string{"login_lock", "すこし"}, 422, "10分、30秒、1時間30分のように"},
		"two values at once":          {"/worlds/w/policy", []string{"pin_digits", "0", "login_lock", "すこし"}, 422, "ログインのロックされる時間"},
		"a choice nobody has":         {"/worlds/w/policy", []string{"id_equal_password", "maybe"}, 422, "IDと同じパスワード: refuse、allow のどれか"},
		"a default of nothing":        {"/worlds/w/policy", []string{"restore", "no_such"}, 422, "その値は方針にありません"},
		"a value of no policy":        {"/worlds/w/policy", []string{"passcode_digit", "8"}, 422, "passcode_digit: 方針にない値です。"},
		"a place that nothing fills":  {"/worlds/w/texts", []string{"id", "passcode.lifetime", "text", "{minuts}分"}, 422, "{minuts} に入る値がありません。この文で使えるのは {minutes} です。"},
		"a place of another name":     {"/worlds/w/texts", []string{"id", "home.lead", "text", "{お名前}様"}, 422, "{お名前} に入る値がありません。この文に値は入りません。"},
		"a text that is too long":     {"/worlds/w/texts", []string{"id", "home.lead", "text", strings.Repeat("長", 4000)}, 422, "全角でおよそ2730文字）まで"},
		"a change nobody made":        {"/worlds/w/undo", []string{"undo", "1"}, 422, "もう取り消せません"},
		"a text nobody knows":         {"/worlds/w/texts", []string{"id", "no.such", "text", "x"}, 422, "no.such"},
		"an empty text":               {"/worlds/w/texts", []string{"id", "home.lead", "text", ""}, 422, "文が空です"},
		"no members":                  {"/worlds/w/members", []string{"count", "0"}, 422, "1から10000まで"},
		"too many members":            {"/worlds/w/members", []string{"count", "10001"}, 422, "1から10000まで"},
		"nothing to forget":           {"/worlds/w/forget", []string{"what", "everything"}, 422, "選ばれていません"},
		"a world that cannot be":      {"/worlds/W/clock", []string{"advance", "1m"}, 400, "半角の小文字"},
		"a body beyond the bound":     {"/worlds/w/texts", []string{"id", "home.lead", "text", strings.Repeat("x", 70_000)}, 413, "大きすぎます"},
		"a form nobody knows":         {"/worlds/w/launch", nil, 404, "見つかりません"},
		"what is no form":             {"/worlds/w/clock?%zz", []string{"advance", "1m"}, 400, "読めません"},
		"what a reader could inject":  {"/worlds/w/policy?tab=policy", []string{"passcode_digits", "<script>"}, 422, "&lt;script&gt;"},
		"a world to delete by no one": {"/worlds/-/delete", nil, 400, "半角の小文字"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			got := s.submit(test.path, test.fields...)
			if got.status != test.status || !strings.Contains(got.text, test.says) {
				t.Errorf("status %d, want %d saying %q: %s", got.status, test.status, test.says, got.text)
			}
		})
	}
	if m := s.snapshot("w"); m.Timeline.Serial != serial {
		t.Errorf("the world has changed: %+v", m.Timeline)
	}
}

// TestAValueThatCannotBeIsToldAtItsField keeps what was entered, and names the field
// to who does not see it.
func TestAValueThatCannotBeIsToldAtItsField(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	got := s.submit("/worlds/w/policy?tab=policy", "pin_digits", "4", "passcode_lifetime", "<すこし>")
	for _, want := range []string{
		`name="passcode_lifetime" type="text" required value="&lt;すこし&gt;"`, `aria-invalid="true" aria-describedby="policy-passcode_lifetime-error"`,
		`id="policy-passcode_lifetime-error">10分、30秒、1時間30分のように入れてください。`, `ワンタイムパスコードの有効期限: 10分、30秒`,
	} {
		if !strings.Contains(got.text, want) {
			t.Errorf("%s is not in %s", want, got.text)
		}
	}
	if strings.Count(got.text, "aria-invalid") != 1 {
		t.Error("a field is told wrong that is right")
	}
}

func TestWhatDiffersFromTheDefaultIsToldFirstAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	if html, _ := s.page("/worlds/w?tab=policy"); strings.Contains(html, "既定と違う値") {
		t.Error("a fresh world differs from itself")
	}
	got := s.submit("/worlds/w/policy?tab=policy", "passcode_lifetime", "90秒", "id_equal_password", "allow")
	for _, want := range []string{"ワンタイムパスコードの有効期限: <strong>1分30秒</strong>（既定は 10分）", "登録のIDと同じパスワード: <strong>受け付ける</strong>（既定は 断る）"} {
		if !strings.Contains(got.text, want) {
			t.Errorf("%s is not in %s", want, got.text)
		}
	}
	s.submit("/worlds/w/policy", "restore", "passcode_lifetime")
	if p := s.snapshot("w").Policy; p.PasscodeLifetime.Of() != 10*time.Minute || p.IDEqualPassword != "allow" {
		t.Errorf("after one was taken back: %+v", p)
	}
	s.submit("/worlds/w/policy", "restore", "*")
	if p := s.snapshot("w").Policy; p.IDEqualPassword != "refuse" {
		t.Errorf("after all were taken back: %+v", p)
	}
}

// TestATextIsChangedWithItsPlaces is about sentences that values are put into: who
// changes one must not lose them.
func TestATextIsChangedWithItsPlaces(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	html, _ := s.page("/worlds/w?tab=texts&q=passcode.lifetime")
	wants(t, html, ">※有効期限は {minutes} 分間です。", "値が入るところ: {minutes}")
	got := s.submit("/worlds/w/texts?tab=texts&q=home.lead", "id", "passcode.lifetime", "text", "<{minuts}>分間です。")
	wants(t, got.text, `&lt;{minuts}&gt;分間です。</textarea>`, `aria-invalid="true" aria-describedby="field-passcode.lifetime-error"`,
		`id="field-passcode.lifetime-error">{minuts} に入る値がありません。`, "文を変えられませんでした。")
	if strings.Count(got.text, "<details open>") != 1 {
		t.Error("the sentence that is wrong is not open, or another is")
	}
}

func TestTextsThatDifferAreToldFirstAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	if html, _ := s.page("/worlds/w?tab=texts"); strings.Contains(html, "既定と違う文") {
		t.Error("a fresh world differs from itself")
	}
	s.submit("/worlds/w/texts", "id", "home.lead", "text", "こんにちは")
	got := s.submit("/worlds/w/texts?tab=texts&q=nothing", "id", "passcode.lifetime", "text", "{minutes}分です。")
	wants(t, got.text, "既定と違う文", "<strong>こんにちは</strong>", "<strong>{minutes}分です。</strong>", "既定は ※有効期限は {minutes} 分間です。")
	s.submit("/worlds/w/texts", "restore", "*")
	if n := s.snapshot("w").Texts.Len(); n != 0 {
		t.Errorf("%d texts are still changed", n)
	}
}

// serial finds the number of the change that a page offers to take back.
var serial = regexp.MustCompile(`name="undo" value="(\d+)"`)

func TestTheLastChangesAreTakenBackOneByOne(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.submit("/worlds/w/policy", "passcode_lifetime", "5分")
	s.submit("/worlds/w/policy", "passcode_lifetime", "3分", "id_equal_password", "allow")
	got := s.submit("/worlds/w/texts?tab=texts", "id", "home.lead", "text", "こんにちは")
	wants(t, got.text, "直前の変更: 文 home.lead")
	s = s.another() // the world knows its changes, not one console
	undo := func(said string) {
		t.Helper()
		html, _ := s.page("/worlds/w?tab=policy")
		wants(t, html, "直前の変更: "+said)
		if found := serial.FindStringSubmatch(html); found != nil {
			s.submit("/worlds/w/undo", "undo", found[1])
			s = s.another()
		}
	}
	undo("文 home.lead")
	undo("登録のIDと同じパスワード: 断る → 受け付ける、ワンタイムパスコードの有効期限: 5分 → 3分")
	m := s.snapshot("w")
	if m.Texts.Len() != 0 || m.Policy.PasscodeLifetime.Of() != 5*time.Minute || m.Policy.IDEqualPassword != "refuse" {
		t.Errorf("after two were taken back: %v %+v", m.Texts, m.Policy)
	}
	if _, err := s.service.Control().Arrange(t.Context(), "w", world.Setup{Policy: []byte(`{"passcode_lifetime":"7m"}`)}); err != nil {
		t.Fatal(err)
	}
	if html, _ := s.page("/worlds/w?tab=policy"); strings.Contains(html, "直前の変更") {
		t.Error("a change is offered to be taken back that somebody else has changed since")
	}
}
