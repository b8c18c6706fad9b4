package external_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
)

// theirs is an implementation, and an adapter that tells what arrived of it.
type theirs struct {
	url string

	mu      sync.Mutex
	calls   []string
	arrived []target.Arrival
}

func newTheirs(t *testing.T) *theirs {
	it := &theirs{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		it.mu.Lock()
		defer it.mu.Unlock()
		if r.Method == http.MethodGet {
			found := []target.Arrival{}
			for _, a := range it.arrived {
				if a.To == r.FormValue("to") {
					found = append(found, a)
				}
			}
			if err := json.NewEncoder(w).Encode(map[string]any{"messages": found}); err != nil {
				t.Error(err)
			}
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		it.calls = append(it.calls, r.URL.Path+" "+string(body))
		if strings.HasSuffix(string(body), "refuse") {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	t.Cleanup(server.Close)
	it.url = server.URL
	return it
}

// file is a target.yaml of it; rest is what it says besides.
func (it *theirs) file(t *testing.T, rest string) target.Target {
	t.Helper()
	text := "web: " + it.url + "/\nproviders: {adapter: " + it.url + "}\n" + rest
	read, err := target.Read("target.yaml", []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// idle is a driver whose person does nothing.
type idle struct{}

func (idle) Name() string                                               { return "pc" }
func (idle) Open(context.Context, driver.World) (driver.Session, error) { return window{}, nil }
func (idle) Close() error                                               { return nil }

type window struct{ driver.Session }

func (window) Close() error                                 { return nil }
func (window) Evidence(context.Context) []driver.Evidence   { return nil }
func (window) Start(context.Context) (driver.Screen, error) { return driver.Screen{}, nil }
func (window) Home(context.Context) (driver.Screen, error) {
	return driver.Screen{Title: "ホームページ"}, nil
}

// try tries scenarios, each of some steps, in their order and with more steps to
// be used, and returns what was found of them.
func try(t *testing.T, read target.Target, more func(runner.Definitions), scenarios ...string) []runner.Outcome {
	t.Helper()
	environment, err := external.New(read, now)
	if err != nil {
		t.Fatal(err)
	}
	feature := "# language: ja\n機能: 例\n"
	for i, text := range scenarios {
		feature += fmt.Sprintf("\n  @p34-1\n  シナリオ: %d\n    %s\n", i, strings.ReplaceAll(text, "\n", "\n    "))
	}
	result, err := runner.Run(t.Context(), runner.Config{
		Features: fstest.MapFS{"a.feature": {Data: []byte(feature)}}, Root: "features", Rules: []fixtures.Rule{{ID: "p34-1"}},
		Drivers: []driver.Driver{
			idle{},
		}, Environment: environment, Workers: map[string]int{"pc": environment.Workers()}, Now: now, UnusedAllowed: true,
		Steps: func(to runner.Definitions) {
			steps.Define(to)
			if more != nil {
				more(to)
			}
		},
	})
	if err := errors.Join(err, environment.Close(t.Context(), result)); err != nil {
		t.Fatal(err)
	}
	return result.Outcomes
}

func now() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

const everybody = "members:\n  - called: 花子さん\n  - {called: 太郎さん, card: \"5555559999990027\", expiry: 01/33, code: \"999\", phone: 080-9999-1002, email: taro@example.jp}\n"

// TestWhatCannotBeAskedIsNotAsked: with the reason, before or at the step.
func TestWhatCannotBeAskedIsNotAsked(t *testing.T) {
	t.Parallel()
	read := newTheirs(t).file(t, "can: [email]\nwithout: [{rule: p36, reason: 後で}]\n"+everybody)
	for _, c := range []struct{ scenario, want string }{
		{"前提 花子さんがホームページを開いている", ""},
		{"前提 美咲さんがホームページを開いている", "members に美咲さん（mail）がいません。たずねるには members:"},
		{"前提 花子さんに届いたSMSは「0」通である", "SMS（sms）が can にありません"},
		{"前提 「hanako@example.jp」に届いたメールは「0」通である", ""},
		{"前提 個人情報を含むIDとパスワードを拒否する方針である", "方針を変える手段がありません"},
		{"前提 次の「1」回の発行元は断られる", "実装の発行元に障害を起こす手段がありません"},
		{"前提 次の「1」回のSMSは断られる", "adapter の先の事業者に、障害を頼めません"},
		{"前提 花子さんのカードは本人認証サービスに「1」回登録されている", "本人認証サービスへの登録を確かめる手段がありません"},
		{"前提 テストの記録のどこにも「1」は残らない", "実装の記録を読む手段がありません"},
		{"前提 次の「1」回の電話は話し中になる", "電話による確認（call）が can にありません"},
		{"前提 花子さんがホームページを開いている\nならば 画面に次の文が表示される\n  | ご利用はありません。 |", "ガイドがその画面に示していない文です（「ご利用はありません。」）"},
		{"前提 花子さんがホームページを開いている\nならば 「正さんの暗証番号」に届いたメールは「0」通である", "members に正さん（call）がいません"},
		{"前提 花子さんがホームページを開いている\nならば 「太郎さんの暗証番号」に届いたメールは「0」通である", "太郎さんの暗証番号が members にありません"},
	} {
		got := try(t, read, nil, "前提 花子さんがホームページを開いている", c.scenario)[1]
		if c.want == "" {
			if got.Reason == runner.NotAsked {
				t.Errorf("%s: %s", c.scenario, got.Err)
			}
		} else if got.Reason != runner.NotAsked || !strings.Contains(got.Err, "対象外: "+c.want) {
			t.Errorf("%s: got %s %q, want %q", c.scenario, got.Verdict, got.Err, c.want)
		}
	}
}

// TestTheInstanceIsPutBackAndItsClockMoved: before each scenario, and as it says.
func TestTheInstanceIsPutBackAndItsClockMoved(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	read := it.file(t, "reset: {url: '"+it.url+"/reset'}\nclock: {url: '"+it.url+"/clock', body: '{now}'}\ncan: [sms]\n"+everybody)
	got := try(t, read, nil, "前提 「9分59秒」がたっている\nもし いまは「2026-12-31 23:55:00」である\nかつ 「10分」がたっている", "前提 「1分」がたっている")
	if len(got) != 2 || got[0].Verdict != runner.Passed || got[1].Verdict != runner.Passed {
		t.Fatalf("got %+v", got)
	}
	want := [][]string{
		{
			"/reset ",
			"/clock 2026-11-24T10:00:00+09:00",
			"/clock 2026-11-24T10:09:59+09:00",
			"/clock 2026-12-31T23:55:00+09:00",
			"/clock 2027-01-01T00:05:00+09:00",
		},
		{"/reset ", "/clock 2026-11-24T10:00:00+09:00", "/clock 2026-11-24T10:01:00+09:00"},
	}
	if len(it.calls) == 9 && it.calls[2] == want[1][2] {
		slices.Reverse(want) // the order of scenarios is by chance
	}
	want = append(want, []string{"/clock 2026-11-24T12:00:00Z"}) // given back as of now
	if diff := cmp.Diff(slices.Concat(want...), it.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestACallThatIsRefusedFailsTheScenario(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	read := it.file(t, "reset: {url: '"+it.url+"/reset', body: refuse}\n"+everybody)
	if got := try(t, read, nil, "前提 花子さんがホームページを開いている")[0]; got.Verdict != runner.Failed || !strings.Contains(got.Err, "resetの呼び出し") {
		t.Errorf("got %s %q", got.Verdict, got.Err)
	}
}

// TestTimeThatNobodyCanMoveIsUndecided unless the file lets it be waited for.
func TestTimeThatNobodyCanMoveIsUndecided(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	for scenario, want := range map[string]runner.Reason{
		"前提 「10分」がたっている":                 runner.Undecided,
		"前提 いまは「2026-12-31 23:55:00」である": runner.Undecided,
		"前提 「1秒」がたっている":                  "",
		"前提 「1秒」がたっている\nもし 「1秒」がたつ":      runner.Undecided, // no more than the file allows in all
	} {
		got := try(t, it.file(t, "wait_up_to: 1500ms\n"+everybody), nil, scenario, "前提 花子さんがホームページを開いている")[0]
		if got.Reason != want || want == "" && got.Verdict != runner.Passed {
			t.Errorf("%s: got %s %q", scenario, got.Verdict, got.Err)
		}
	}
}

// TestWhatArrivedBeforeIsLeftOut: an adapter's messages stay.
func TestWhatArrivedBeforeIsLeftOut(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	it.arrived = []target.Arrival{{ID: "old", To: "090-0000-1001", Body: "パスコード 111111"}}
	arrive := func(to runner.Definitions) {
		to.When(`^一通届く$`, func() {
			it.mu.Lock()
			defer it.mu.Unlock()
			it.arrived = append(it.arrived, target.Arrival{ID: "new", To: "090-0000-1001", Body: "パスコード 222222"})
		})
	}
	got := try(t, it.file(t, "can: [sms]\n"+everybody), arrive, "前提 花子さんに届いたSMSは「0」通である\nもし 一通届く\nならば 花子さんにSMSで「6」桁のパスコードが届く\nかつ 花子さんに届いたSMSは「1」通である")[0]
	if got.Verdict != runner.Passed {
		t.Errorf("got %s %q", got.Verdict, got.Err)
	}
}

// TestOneScenarioAtATimeOnEachInstance, however many there are.
func TestOneScenarioAtATimeOnEachInstance(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	read := it.file(t, "instances: [{n: a}, {n: b}]\nreset: {url: '"+it.url+"/{n}'}\n"+everybody)
	var at, most int
	var mu sync.Mutex
	count := func(to runner.Definitions) {
		to.Given(`^ここにいる$`, func() {
			mu.Lock()
			at++
			most = max(most, at)
			mu.Unlock()
			mu.Lock()
			at--
			mu.Unlock()
		})
	}
	got := try(t, read, count, slices.Repeat([]string{"前提 ここにいる"}, 20)...)
	calls := map[string]int{}
	for _, c := range it.calls {
		calls[c]++
	}
	if len(got) != 20 || most > 2 || calls["/a "]+calls["/b "] != 20 || calls["/a "] == 0 || calls["/b "] == 0 {
		t.Errorf("%d outcomes, at most %d at once, resets %v", len(got), most, calls)
	}
}

func TestAFileThatNamesWhatIsNotThereIsRefused(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	for rest, want := range map[string]string{
		"addresses: {どこか: /x}\n" + everybody: "addresses の「どこか」は使えません",
		"members:\n  - called: 一郎さん\n":       "members の一郎さんは、この製品の試験用会員にいません",
	} {
		if _, err := external.New(it.file(t, rest), now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestALabelThatNobodyLooksForIsRefused(t *testing.T) {
	t.Parallel()
	features := fstest.MapFS{"a.feature": {Data: []byte("「こちらへお進みください」")}, "b.txt": {Data: []byte("書き置き")}}
	for label, wrong := range map[string]bool{"認証する": false, "こちらへお進みください": false, "認証するる": true, "書き置き": true} {
		environment, err := external.New(newTheirs(t).file(t, "labels: {"+label+": x}\n"+everybody), now)
		if err != nil {
			t.Fatal(err)
		}
		if err := environment.Misspelt(features); (err != nil) != wrong ||
			wrong && !strings.Contains(err.Error(), "labels の「"+label+"」は、案内にもシナリオにもない言葉です") {
			t.Errorf("%s: got %v", label, err)
		}
	}
}

// TestALabelByTheGuidesOtherWordNamesTheOneToWrite: page 31 draws the button with one, and tells of it with another.
func TestALabelByTheGuidesOtherWordNamesTheOneToWrite(t *testing.T) {
	t.Parallel()
	environment, err := external.New(newTheirs(t).file(t, "labels: {規約に同意して確認画面へ: 進む}\n"+everybody), now)
	if err != nil {
		t.Fatal(err)
	}
	const want = "labels の「規約に同意して確認画面へ」は、「規約に同意して確認画面に進む」と書いてください"
	if err := environment.Misspelt(fstest.MapFS{}); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestAnInterruptedRunGivesTheClockBackAsWell, whatever the context says.
func TestAnInterruptedRunGivesTheClockBackAsWell(t *testing.T) {
	t.Parallel()
	it := newTheirs(t)
	environment, err := external.New(it.file(t, "clock: {url: '"+it.url+"/clock', body: '{now}'}\n"+everybody), now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := environment.Close(ctx, runner.Result{}); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"/clock 2026-11-24T12:00:00Z"}, it.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}
