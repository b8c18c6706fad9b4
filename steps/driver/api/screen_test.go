package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
)

// TestWhatIsRead has a screen of everything, and of what nobody here knows.
func TestWhatIsRead(t *testing.T) {
	session, _ := at(t, map[string]answer{"GET /api/described/home": {body: `{"screen":{
		"name":"home","title":"ホーム","heading":"ようこそ","new":"今はだれも知らない",
		"progress":{"steps":["入力","確認","完了"],"current":2},
		"bar":[{"kind":"text","text":"上の帯"}],
		"messages":[{"tone":"warning","field":"pin","text":"知らせ"}],
		"content":[
			{"kind":"message","text":"本文の知らせ"},
			{"kind":"picture","text":"カードの図"},
			{"kind":"section","text":"見出し","content":[{"kind":"text","text":"中の文"}]},
			{"kind":"keyboard","text":"ソフトウェアキーボード","action":{"label":"説明"}},
			{"kind":"input","field":{"name":"pin","label":"暗証番号","kind":"secret","help":["4桁"]}},
			{"kind":"input","field":{"name":"mail","label":"メール","kind":"text","value":"a@example.jp"}},
			{"kind":"input","field":{"name":"ok","label":"同意","kind":"tick","value":"yes"}},
			{"kind":"input","field":{"name":"head","label":"頭4桁","kind":"choice","value":"4000","choices":[{"value":"1","label":"4000"}]}},
			{"kind":"input","field":{"name":"news","label":"お知らせ","kind":"options","value":"no","choices":[{"value":"no","label":"受け取らない"}]}},
			{"kind":"values","values":[
				{"label":"お支払い","text":"1,000円","parts":[{"label":"うち利息","text":"10円"}],"note":"税込","action":{"label":"1,000円"}},
				{"label":"残り"}]},
			{"kind":"table","columns":["日付","金額"],"rows":[["11/24","500円"]]},
			{"kind":"item","content":[{"kind":"text","text":"一"},{"kind":"text","text":"二"},{"kind":"action","action":{"label":"開く"}}]},
			{"kind":"今はだれも知らない","text":"新しい種類","content":[{"kind":"action","action":{"label":"その中","errors":["押せません"]}}]}],
		"tabs":[{"label":"明細"}]}}`}})
	got, err := session.Home(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := driver.Screen{
		Title: "ホーム", Heading: "ようこそ", Progress: "確認",
		Messages: []string{"知らせ", "本文の知らせ"},
		Errors:   map[string][]string{},
		Values:   map[string]string{"メール": "a@example.jp", "頭4桁": "4000", "お支払い": "1,000円", "うち利息": "10円"},
		Choices:  map[string][]string{"頭4桁": {"4000"}, "お知らせ": {"受け取らない"}},
		Fields:   []string{"暗証番号", "メール", "同意", "頭4桁", "お知らせ"},
		Actions:  []string{"ソフトウェアキーボード", "1,000円", "開く", "その中", "明細"},
		Pictures: []string{"カードの図"},
		Text: strings.Join([]string{
			"上の帯", "ようこそ", "知らせ", "本文の知らせ", "見出し", "中の文", "暗証番号", "4桁", "メール", "同意", "頭4桁", "受け取らない", "お知らせ",
			"お支払い", "1,000円", "うち利息", "10円", "税込", "残り", "日付 金額", "11/24 500円", "一 二", "開く", "新しい種類", "その中", "押せません", "明細",
		}, "\n"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAStepThatIsNoneIsNotTheCurrentOne(t *testing.T) {
	for _, progress := range []string{`null`, `{"steps":["入力"],"current":0}`, `{"steps":["入力"],"current":2}`, `{"steps":["入力"],"current":-1}`} {
		session, _ := at(t, map[string]answer{"GET /api/described/home": {body: `{"screen":{"name":"home","progress":` + progress + `}}`}})
		if got, err := session.Home(t.Context()); err != nil || got.Progress != "" {
			t.Errorf("%s: %q %v", progress, got.Progress, err)
		}
	}
}

// TestALogInIsWhatTheAPIAnswers tries that nobody is logged in who was not let in.
func TestALogInIsWhatTheAPIAnswers(t *testing.T) {
	const entrance = `{"name":"entrance","title":"ログイン","messages":[{"text":"違います"}]}`
	for name, test := range map[string]struct {
		answer answer
		title  string // "" for an error
	}{
		"let in":                        {answer{body: `{"token":"t1"}`}, "会員ホーム"},
		"let in without a token":        {answer{body: `{}`}, "ログイン"},
		"refused":                       {answer{status: 401, body: `{"detail":"違います","screen":` + entrance + `}`}, "ログイン"},
		"refused, who knows to where":   {answer{status: 401, body: `{"detail":"違います"}`}, ""},
		"let in by a page, not a token": {answer{media: "text/html", body: "<h1>会員ホーム</h1>"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			session, _ := at(t, map[string]answer{"POST /api/sessions": test.answer, homeOf("t1"): {body: `{"screen":{"name":"portal","title":"会員ホーム"}}`},
				homeOf(""): {status: http.StatusUnauthorized, body: `{"detail":"ログインしてください","screen":` + entrance + `}`}})
			got, err := session.Login(t.Context(), "hana", "secret")
			if got.Title != test.title || (err == nil) != (test.title != "") {
				t.Errorf("it is %q, %v; want %q", got.Title, err, test.title)
			}
		})
	}
}

// homeOf is how an implementation is asked for the home of who has a token.
func homeOf(token string) string {
	return strings.TrimSpace("GET /api/home " + token)
}

func TestWhatIsTappedIsWhereItLeads(t *testing.T) {
	session, it := at(t, map[string]answer{
		"GET /api/described/home": {body: `{"screen":{"name":"home","title":"ホーム","content":[
			{"kind":"action","action":{"name":"a","label":"案内","leads_to":"app_guide"}},{"kind":"action","action":{"name":"b","label":"電話"}}],
			"tabs":[{"name":"c","label":"明細","leads_to":"app_statement"}]}}`},
		"GET /api/described/app_guide":         {body: `{"screen":{"name":"app_guide","title":"アプリの案内"}}`},
		"GET /api/app/described/app_statement": {body: `{"screen":{"name":"app_statement","title":"明細"}}`},
	})
	for label, want := range map[string]string{"案内": "アプリの案内", "明細": "明細", "電話": ""} {
		if _, err := session.Home(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, err := app(session).Tap(t.Context(), label); got.Title != want || (err == nil) != (want != "") {
			t.Errorf("%s leads to %q, %v; want %q", label, got.Title, err, want)
		}
	}
	if asked := it.said(); slices.Contains(asked, "GET /api/described/app_statement") {
		t.Errorf("it asks %q", asked)
	}
}
