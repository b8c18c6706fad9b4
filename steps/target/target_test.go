package target_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/target"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const good = `# ${NAME} in a remark is nothing
web: "{base}/"
instances:
  - {base: "http://127.0.0.1:9000", world: qa1}
  - {base: "http://127.0.0.1:9001", world: qa2}
providers:
  world: "{world}"
  voice: "{base}/voice"
reset:
  url: "{base}/reset"
  headers: {Authorization: "Bearer ${QA_TOKEN}"}
clock:
  method: PUT
  url: "{base}/clock"
  body: '{"now": "{now}"}'
wait_up_to: 2m
can: [sms, call]
without:
  - rule: p28-3
    reason: 作っていません
labels:
  認証する: 認証
members:
  - called: 花子さん
  - called: 太郎さん
    card: "4900000000000002"
    expiry: 09/29
    code: "123"
expected_failures:
  - at: features/web/passcode.feature:12
    driver: pc
    reason: 直しています
    until: 2026-12-31
`

// lookup is an environment with one variable.
func lookup(name string) (string, bool) { return "token-of-qa", name == "QA_TOKEN" }

func read(t *testing.T, text string) target.Target {
	t.Helper()
	got, err := target.Read("target.yaml", []byte(text), lookup)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAGoodFileIsRead(t *testing.T) {
	want := target.Target{
		Web: "{base}/", Can: []target.Capability{target.SMS, target.Telephone}, WaitUpTo: 2 * time.Minute,
		Instances: []map[string]string{
			{"base": "http://127.0.0.1:9000", "world": "qa1"},
			{"base": "http://127.0.0.1:9001", "world": "qa2"},
		},
		Providers: target.Providers{World: "{world}", Voice: "{base}/voice", Console: "http://127.0.0.1:8090"},
		Reset:     &target.Reset{Call: target.Call{URL: "{base}/reset", Headers: map[string]string{"Authorization": "Bearer ${QA_TOKEN}"}}},
		Clock:     &target.Clock{Call: target.Call{Method: "PUT", URL: "{base}/clock", Body: `{"now": "{now}"}`}},
		Without:   []target.Without{{Rule: "p28-3", Reason: "作っていません"}},
		Labels:    map[string]string{"認証する": "認証"},
		Members:   []target.Member{{Called: "花子さん"}, {Called: "太郎さん", Spare: target.Spare{Card: "4900000000000002", Expiry: "09/29", Code: "123"}}},
		Expected:  []target.Expected{{At: "features/web/passcode.feature:12", Driver: "pc", Reason: "直しています", Until: "2026-12-31"}},
	}
	if diff := cmp.Diff(want, read(t, good), cmpopts.IgnoreUnexported(target.Target{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEachInstanceIsSpelledOut(t *testing.T) {
	copies := read(t, good).Copies()
	if len(copies) != 2 {
		t.Fatalf("got %d instances, want 2", len(copies))
	}
	want := target.Instance{Web: "http://127.0.0.1:9001/",
		Providers: target.Providers{World: "qa2", Voice: "http://127.0.0.1:9001/voice", Console: "http://127.0.0.1:8090"},
		Reset: &target.Reset{
			Call: target.Call{URL: "http://127.0.0.1:9001/reset", Headers: map[string]string{"Authorization": "Bearer token-of-qa"}},
		},
		Clock: &target.Clock{
			Call: target.Call{Method: "PUT", URL: "http://127.0.0.1:9001/clock", Body: `{"now": "{now}"}`, Headers: map[string]string{}},
		},
	}
	if diff := cmp.Diff(want, copies[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatTheEnvironmentGivesIsSecret(t *testing.T) {
	if diff := cmp.Diff([]string{"token-of-qa"}, read(t, good).Secrets()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"an unknown field":            {"labels:", "label:", "target.yaml:21: 知らない項目「label」"},
		"what the library ends at":    {"can: [", "can: !!binary aGVsbG8=\nask2: [", "target.yaml: YAML として読めません"},
		"a field twice":               {"labels:", "web: x\nlabels:", "target.yaml:21: 項目「web」が二度"},
		"an unknown capability":       {"call]", "fax]", "target.yaml:17: 知らない能力「fax」"},
		"no address":                  {`web: "{base}/"`, "web: here", "target.yaml:2: web "},
		"no address at all":           {`web: "{base}/"`, "", "web、app、api のどれか"},
		"a word that nobody gives":    {`"{base}/reset"`, `"{host}/reset"`, "target.yaml:10: reset の url の {host} が、instances のどれかにありません"},
		"a word only one gives":       {", world: qa2}", "}", "{world} が、instances のどれかにありません"},
		"one world for two":           {"world: qa2", "world: qa1", "target.yaml:4: instances ごとに providers の world を別に"},
		"a variable that is not set":  {"QA_TOKEN", "NO_TOKEN", "環境変数 NO_TOKEN がありません"},
		"two ways of providers":       {`world: "{world}"`, "world: a\n  claim: b", "providers には"},
		"a claim for two instances":   {`world: "{world}"`, `claim: "{world}"`, "claim で受け取れるのは"},
		"calls that nobody answers":   {`  voice: "{base}/voice"`, "", "providers の voice に"},
		"a clock without moment":      {"{now}\"", "\"", "{now} か {unix}"},
		"a span that is none":         {"2m", "すこし", "target.yaml:16: wait_up_to は 2m"},
		"a span of the policy":        {"members:", "policy: {idle: 30分}\nmembers:", "target.yaml:23: policy.idle は 2m"},
		"a span below nothing":        {"members:", "policy: {login_lock: -1m}\nmembers:", "target.yaml:23: policy.login_lock は"},
		"fewer attempts than none":    {"members:", "policy: {passcode_attempts: -3}\nmembers:", "target.yaml:23: policy の passcode_attempts は"},
		"two ways to reset":           {`"{base}/reset"`, "\"{base}/reset\"\n  used: used.txt", "reset には url、command、used の"},
		"a rule that is none":         {"p28-3", "28", "target.yaml:19: without には"},
		"a rule without reason":       {"作っていません", "''", "target.yaml:19: without には"},
		"somebody twice":              {"太郎さん", "花子さん", "target.yaml:25: called には"},
		"a short card":                {"4900000000000002", "49", "target.yaml:26: card は"},
		"a wrong expiry":              {"09/29", "13/29", "target.yaml:27: expiry は"},
		"an expected one no cause":    {"直しています", "''", "target.yaml:32: reason に"},
		"an expected one without end": {"2026-12-31", "いつか", "target.yaml:33: until は"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, err := target.Read("target.yaml", []byte(strings.Replace(good, c.old, c.new, 1)), lookup)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "token-of-qa") {
				t.Errorf("the error tells a secret: %v", err)
			}
		})
	}
}

func TestNothingWrittenIsAnError(t *testing.T) {
	if _, err := target.Read("target.yaml", nil, lookup); err == nil {
		t.Error("an empty file was read")
	}
}

func TestWhatAnImplementationCannotBeAsked(t *testing.T) {
	file := read(t, good)
	mute := read(t, strings.Replace(good, "sms, call", "sms", 1))
	byGuide := file
	byGuide.GuideOnly, byGuide.Assumes = true, map[string]bool{"a-07": true}
	for name, c := range map[string]struct {
		file  target.Target
		rules []string
		step  string
		want  string // "" where it can be asked
	}{
		"a member it has":             {file, []string{"p34-1"}, "花子さんがご本人様確認へ進む", ""},
		"a member it has not":         {file, []string{"p34-1"}, "美咲さんがご本人様確認へ進む", "members に美咲さん（mail）がいません"},
		"one who follows a particle":  {file, []string{"p34-1"}, "花子さんが直せるかぎりカードを美咲さんのものに直している", "members に美咲さん（mail）がいません"},
		"an assumed rule not chosen":  {file, []string{"p34-1", "a-07"}, "花子さんがご本人様確認へ進む", "仮定 a-07 を採らない"},
		"none in the guide's profile": {byGuide, []string{"p34-1", "a-07"}, "花子さんがご本人様確認へ進む", "仮定 a-07 は、-profile guide では確かめません"},
		"a rule it does not follow":   {file, []string{"p28-3"}, "花子さんがEscキーを押す", "規則 p28-3 は without にあります（作っていません）"},
		"a rule beside it":            {file, []string{"p28-30"}, "花子さんがEscキーを押す", ""},
		"a telephone that it answers": {file, []string{"p35-1"}, "「電話番号認証」の画面になる", ""},
		"a telephone that it has not": {mute, []string{"p35-1"}, "「電話番号認証」の画面になる", "電話による確認（call）が can にありません"},
	} {
		if got, _ := c.file.Lacks(c.rules, []string{c.step}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAFailureIsKnownUntilItsLastDay(t *testing.T) {
	file := read(t, good)
	const at = "features/web/passcode.feature:12"
	day := time.Date(2026, 12, 31, 23, 59, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		at, driver string
		today      time.Time
		want       bool
	}{
		"on its last day":     {at, "pc", day, true},
		"a day later":         {at, "pc", day.AddDate(0, 0, 1), false},
		"with another driver": {at, "sp", day, false},
		"at another place":    {at + "0", "pc", day, false},
	} {
		if why, _, known := file.Expects(c.at, c.driver, c.today); known != c.want || known && why != "直しています、2026-12-31まで" {
			t.Errorf("%s: got %q, %v, want %v", name, why, known, c.want)
		}
	}
	there := func(place string) bool { return place == at }
	if got := file.Overdue(day, there); len(got) > 0 {
		t.Errorf("got %q on its last day", got)
	}
	if got := strings.Join(file.Overdue(day.AddDate(0, 0, 1), there), ""); !strings.Contains(got, "期限（2026-12-31）を過ぎています") {
		t.Errorf("got %q a day later", got)
	}
	if got := strings.Join(file.Overdue(day, func(string) bool { return false }), ""); !strings.Contains(got, "シナリオがありません") {
		t.Errorf("got %q of a place where nothing is", got)
	}
}

func TestTheCallDescribedIsMade(t *testing.T) {
	var got string
	status := http.StatusNoContent
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = r.Method + " " + r.URL.Query().Get("at") + " " + r.Header.Get("Authorization") + " " + string(body)
		w.WriteHeader(status)
	}))
	defer server.Close()
	c := target.Call{
		Method:  "PUT",
		URL:     server.URL + "/?at={now}",
		Body:    "{unix}",
		Headers: map[string]string{"Authorization": "Bearer secret"},
	}
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	if err := c.At(t.Context(), server.Client(), "clock", at); err != nil {
		t.Fatal(err)
	}
	if want := "PUT 2026-11-24T10:00:00+09:00 Bearer secret 1795482000"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	status = http.StatusNotFound
	err := c.At(t.Context(), server.Client(), "clock", at)
	if err == nil || !strings.Contains(err.Error(), "clockの呼び出し") || !strings.Contains(err.Error(), "404") {
		t.Errorf("got %v, want a refusal", err)
	}
	server.Close()
	c.URL += "&key=secret"
	again := c.Make(t.Context(), server.Client(), "reset")
	if again == nil || strings.Contains(again.Error(), "secret") || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v and %v, want errors without what may be secret", err, again)
	}
}

func TestAnAdapterTellsWhatArrived(t *testing.T) {
	arrived := []target.Arrival{{ID: "1", To: "09000001001", Body: "有効期限 11/24 16:22 パスコード 004711。"}}
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path + "?" + r.URL.RawQuery
		if err := json.NewEncoder(w).Encode(map[string]any{"messages": arrived}); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	a := target.Adapter{Base: server.URL + "/told/", Client: server.Client()}
	got, err := a.Next(t.Context(), "sms", "+8190", time.Second, func(id string) bool { return id == "1" })
	if err != nil || got.Passcode() != "004711" {
		t.Errorf("got %+v, %v", got, err)
	}
	if want := "/told/sms?to=%2B8190"; asked != want {
		t.Errorf("asked %q, want %q", asked, want)
	}
	if _, err := a.Next(t.Context(), "sms", "+8190", time.Millisecond, func(id string) bool { return id != "1" }); err == nil ||
		!strings.Contains(err.Error(), "何も届いていません") {
		t.Errorf("got %v, want that nothing came after the first", err)
	}
}

func TestMembersPlayByNameAndByKind(t *testing.T) {
	file := read(
		t,
		strings.Replace(
			good,
			"expected_failures:",
			`  - {called: 佐伯さん, as: 良子さん, card: "4900000000000010", expiry: 09/29, code: "123", id: abcd1234, password: abcd-1234}
  - {called: 早川さん, kinds: [sms, amex], card: "490000000000011", expiry: 09/29, code: "1234"}
  - {called: 戸田さん, kinds: [sms, visa, corporate], card: "4900000000000028", expiry: 09/29, code: "123"}
  - {called: 岡部さん, kinds: [call], cards: [{card: "4900000000000036", expiry: 09/29, code: "123"}]}
expected_failures:`,
			1,
		),
	)
	got := map[string]string{}
	for as, m := range file.Cast() {
		got[as] = m.Called
	}
	want := map[string]string{"花子さん": "花子さん", "太郎さん": "太郎さん", "良子さん": "佐伯さん", "安奈さん": "早川さん", "浩さん": "戸田さん", "正さん": "岡部さん"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeToldApartIsRefusedByName(t *testing.T) {
	_, err := target.Read("target.yaml", []byte(strings.Replace(good, "labels:", "titles: {確認: 新規登録, 入力: 新規登録}\nlabels:", 1)), lookup)
	if err == nil || !strings.Contains(err.Error(), "titles の「入力」と「確認」はどちらも「新規登録」") {
		t.Errorf("got %v", err)
	}
}

func TestAnUnknownAssumptionIsRefused(t *testing.T) {
	_, err := target.Read("target.yaml", []byte(strings.Replace(good, "labels:", "assumes: {p34-7: true}\nlabels:", 1)), lookup)
	if err == nil || !strings.Contains(err.Error(), "assumes の「p34-7」は仮定ではありません") {
		t.Errorf("got %v", err)
	}
}

func TestResetByACommand(t *testing.T) {
	if err := (target.Reset{Command: []string{"true"}}).Run(t.Context(), nil); err != nil {
		t.Error(err)
	}
	err := target.Reset{Command: []string{"sh", "-c", "echo まだ動いています; exit 3"}}.Run(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "まだ動いています") {
		t.Errorf("got %v", err)
	}
}
