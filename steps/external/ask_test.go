package external_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/target"
)

// TestWhatNoPageShowsIsAskedByACall: the policy, the telephone on file, the enrolments.
func TestWhatNoPageShowsIsAskedByACall(t *testing.T) {
	t.Parallel()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		asked = append(asked, strings.TrimSpace(r.Method+" "+r.RequestURI+" "+string(body)))
		switch {
		case strings.Contains(string(body), "passcode_lifetime"):
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/enrolled":
			_, _ = io.WriteString(w, `{"count": 1}`) // a client that is gone shows in what it finds
		case r.URL.Path == "/odd":
			_, _ = io.WriteString(w, "たくさん") // likewise
		}
	}))
	t.Cleanup(server.Close)
	it := newTheirs(t)
	file := func(enrolled string) target.Target {
		return it.file(t, "can: [email]\nask:\n  policy: {method: PUT, url: '"+server.URL+`/policy', body: '{"{name}": "{value}"}'}`+
			"\n  phone: {url: '"+server.URL+`/phone', body: '{"card": "{card}", "phone": "{phone}"}'}`+
			"\n  enrolments: {method: GET, url: '"+server.URL+enrolled+"?card={card}'}\n"+everybody)
	}
	got := try(t, file("/enrolled"), nil,
		"前提 「無操作の制限時間」が「12分」に設定されている",
		"前提 「パスコードの有効期間」が「5分」に設定されている",
		"前提 花子さんの登録の電話番号が「06-0000-2001」である",
		"前提 花子さんのカードは本人認証サービスに「1」回登録されている",
		"前提 花子さんのカードは本人認証サービスに「2」回登録されている")
	want := []string{"PUT /policy {\"registration_idle\": \"12m0s\"}", "PUT /policy {\"passcode_lifetime\": \"5m0s\"}",
		"POST /phone {\"card\": \"4242420000010017\", \"phone\": \"06-0000-2001\"}", "GET /enrolled?card=4242420000010017", "GET /enrolled?card=4242420000010017"}
	slices.Sort(asked) // the scenarios are tried in any order
	slices.Sort(want)
	if !slices.Equal(asked, want) {
		t.Errorf("it was asked\n%s\nwant\n%s", strings.Join(asked, "\n"), strings.Join(want, "\n"))
	}
	for i, says := range []string{"", "方針を変える手段がありません", "", "", "2"} {
		if o := got[i]; says == "" && o.Verdict != runner.Passed || says != "" && !strings.Contains(o.Err, says) {
			t.Errorf("%d: %s %q, want %q", i, o.Verdict, o.Err, says)
		}
	}
	odd := try(t, file("/odd"), nil, "前提 花子さんのカードは本人認証サービスに「1」回登録されている")[0]
	if odd.Verdict == runner.Passed || !strings.Contains(odd.Err, "enrolments の返事が") || strings.Contains(odd.Err, "4242420000010017") {
		t.Errorf("an answer that is no number: %s %q", odd.Verdict, odd.Err)
	}
}

// TestEachScenarioTakesMembersThatNobodyHasUsed: until none is left, in this run and the next.
func TestEachScenarioTakesMembersThatNobodyHasUsed(t *testing.T) {
	t.Parallel()
	used := filepath.Join(t.TempDir(), "used.txt")
	it := newTheirs(t)
	read := it.file(t, "reset: {used: '"+used+"'}\nask: {enrolments: {method: GET, url: '"+it.url+"/?to={card}'}}\n"+
		"members:\n  - called: 花子さん\n    card: \"4242420000019992\"\n    expiry: 01/33\n    code: \"999\"\n    phone: 090-9999-1001\n"+
		"    pool:\n      - {card: \"4242420000029991\", expiry: 01/33, code: \"998\", phone: 090-9999-1002}\n"+
		"  - {called: 太郎さん, card: \"5555559999990027\", expiry: 01/33, code: \"999\", phone: 080-9999-1002}\n")
	scenario := "前提 花子さんがホームページを開いている"
	other := "前提 太郎さんがホームページを開いている"
	first := try(t, read, nil, scenario, other, other, scenario, other)
	for i, o := range first {
		if o.Verdict != runner.Passed {
			t.Errorf("%d: %s %q", i, o.Verdict, o.Err)
		}
	}
	next := try(t, read, nil, scenario, other)
	if next[0].Reason != runner.NotAsked || !strings.Contains(next[0].Err, "花子さんの代わりになる会員が残っていません（pool の2人は使い終えました）") {
		t.Errorf("got %s %q", next[0].Verdict, next[0].Err)
	}
	if next[1].Verdict != runner.Passed {
		t.Errorf("who is alone: %s %q", next[1].Verdict, next[1].Err)
	}
	noted, err := os.ReadFile(used)
	if err != nil || len(strings.Fields(string(noted))) != 2 || strings.Contains(string(noted), "9991") {
		t.Errorf("noted is %q, %v", noted, err)
	}
}

// TestWhatIsToldOfTheSandboxesOwnMemberIsAsked: a name with a statement, as the reason
// of a scenario that was not asked proposes it.
func TestWhatIsToldOfTheSandboxesOwnMemberIsAsked(t *testing.T) {
	t.Parallel()
	const scenario = "前提 花子さんがホームページを開いている\nならば 花子さんの明細"
	listed := func(to runner.Definitions) {
		to.Step(`^花子さんの明細$`, func(ctx context.Context) error {
			return actor.ListsPurchases(ctx, [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}})
		})
	}
	it := newTheirs(t)
	bare := try(t, it.file(t, "members: [{called: 花子さん}]\n"), listed, scenario)[0]
	if bare.Reason != runner.NotAsked || !strings.Contains(bare.Err, "members: [{called: 花子さん, purchases:") {
		t.Fatalf("of a name alone: %s %q", bare.Verdict, bare.Err)
	}
	told := it.file(t, "members: [{called: 花子さん, purchases: [{date: 2026/10/28, shop: 駅前の本屋, amount: \"2,970\"}]}]\n")
	if o := try(t, told, listed, scenario)[0]; o.Reason == runner.NotAsked ||
		!strings.Contains(o.Err, "「2026/10/28 駅前の本屋 2,970」がありません") {
		t.Errorf("of a name with a statement: %s %q", o.Verdict, o.Err)
	}
}

// TestTheDoctorTriesWhatIsAsked: calls that answer with an error, addresses that lead
// nowhere.
func TestTheDoctorTriesWhatIsAsked(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/well":
			_, _ = io.WriteString(w, "0") // the doctor may have gone
		case r.URL.Path != "/":
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	told := func(place string) string {
		text := "web: " + server.URL + "/\nproviders: {adapter: " + server.URL + "}\nmembers: [{called: 花子さん}]\naddresses: {メール設定: " + place[1:] + "}\n" +
			"ask:\n  policy: {url: '" + server.URL + place + "', body: '{name}={value}'}\n  phone: {url: '" + server.URL + place +
			"', body: '{card} {phone}'}\n  enrolments: {method: GET, url: '" + server.URL + place + "?card={card}'}\n"
		read, err := target.Read("target.yaml", []byte(text), func(string) (string, bool) { return "", false })
		if err != nil {
			t.Fatal(err)
		}
		environment, err := external.New(read, now)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		environment.Examine(t.Context(), &out, func(s string) string { return s }, false, say.Japanese,
			func(string) (driver.Driver, error) { return idle{}, nil })
		return out.String()
	}
	for _, key := range []string{"policy", "phone", "enrolments"} {
		if well := told("/well"); !strings.Contains(well, "✓ ask の "+key+"\n") || strings.Contains(well, "addresses") {
			t.Errorf("%s: where all is well it says %s", key, well)
		}
		if ill := told("/nowhere"); !strings.Contains(ill, "✗ ask の "+key+": ") || !strings.Contains(ill, "－ addresses の「メール設定」: 開けません（404）") {
			t.Errorf("%s: where nothing is it says %s", key, ill)
		}
	}
}
