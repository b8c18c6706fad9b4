package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
)

// An answer is what the API says to one request.
type answer struct {
	status int    // 0: 200, or 422 of a problem
	media  string // "" for that of JSON, or of a problem where the status is one of an error
	body   string
	cut    bool // the connection is lost in the middle of it
}

// An implementation answers by method and path, and keeps what it was asked.
type implementation struct {
	answers map[string]answer

	mu    sync.Mutex
	asked []string
}

func (it *implementation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // a client that is gone shows in what it perceives
	asked := r.Method + " " + r.URL.RequestURI()
	if r.URL.Path == "/api/home" { // by who is logged in
		asked = homeOf(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	}
	it.mu.Lock()
	it.asked = append(it.asked, strings.TrimSpace(asked+" "+string(body)))
	it.mu.Unlock()
	a, known := it.answers[asked]
	switch {
	case !known:
		a = answer{status: http.StatusNotFound, body: `{"detail":"there is no ` + asked + `"}`}
	case a.status == 0:
		a.status = http.StatusOK
	}
	if a.media == "" {
		a.media = "application/json"
		if a.status >= 400 {
			a.media = "application/problem+json"
		}
	}
	w.Header().Set("Content-Type", a.media)
	if a.cut {
		w.Header().Set("Content-Length", "9999")
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body) // likewise
}

// said is what it was asked since this was called last.
func (it *implementation) said() []string {
	it.mu.Lock()
	defer it.mu.Unlock()
	all := it.asked
	it.asked = nil
	return all
}

// at opens a session at an implementation that gives these answers.
func at(t *testing.T, answers map[string]answer) (driver.Session, *implementation) {
	t.Helper()
	it := &implementation{answers: answers}
	server := httptest.NewServer(it)
	t.Cleanup(server.Close)
	drives := api.New()
	session, err := drives.Open(t.Context(), driver.World{Name: "a-world", Base: server.URL + "/"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(session.Close(), drives.Close()); err != nil {
			t.Error(err)
		}
	})
	return session, it
}

// input and confirm are screens of a registration; pressing leads from one to the other.
const (
	input = `{"name":"input","title":"入力","heading":"新規登録","content":[{"kind":"form","name":"input","content":[
		{"kind":"action","action":{"name":"submit","label":"確認へ","kind":"button"}}]}]}`
	confirm = `{"name":"confirm","title":"確認","content":[{"kind":"form","name":"confirm","content":[
		{"kind":"action","action":{"name":"proceed","label":"次へ","kind":"button"}}]}]}`
)

func registration(id, screen string) string {
	return `{"id":"` + id + `","state":"x","screen":` + screen + `}`
}

// TestAnAnswerThatSaysNothing tries what is no answer to a verb: nothing may then be perceived.
func TestAnAnswerThatSaysNothing(t *testing.T) {
	for name, test := range map[string]struct {
		answer answer
		want   string
		asked  bool // it is one nobody can judge by
	}{
		"has no screen":                      {answer{body: `{"id":"r1","state":"input"}`}, "answers without the screen", false},
		"has a screen of null":               {answer{body: `{"id":"r1","screen":null}`}, "answers without the screen", false},
		"has a screen without a name":        {answer{body: registration("r1", `{"title":"入力"}`)}, "answers without the screen", false},
		"has no id":                          {answer{body: `{"screen":` + input + `}`}, "no id", false},
		"is empty":                           {answer{}, "POST /api/registrations: status 200", false},
		"is no content":                      {answer{status: http.StatusNoContent}, "POST /api/registrations: status 204", false},
		"is a page":                          {answer{media: "text/html", body: "<h1>入力</h1>"}, "status 200 with an answer (text/html)", false},
		"is a list":                          {answer{body: `[]`}, "POST /api/registrations: status 200", false},
		"has a screen of another kind":       {answer{body: registration("r1", `"input"`)}, "POST /api/registrations: status 200", false},
		"is lost in the middle":              {answer{body: registration("r1", input), cut: true}, "EOF", false},
		"is a page of an error":              {answer{status: 404, media: "text/html", body: "<h1>Not Found</h1>"}, "status 404 without a problem", false},
		"is an error that is no problem":     {answer{status: 422, media: "application/json", body: `{"detail":"だめ"}`}, "status 422 without a problem", false},
		"is a problem that does not say why": {answer{status: 422, body: `{"title":"Unprocessable","screen":` + input + `}`}, "status 422 without a problem", false},
		"is a problem without a screen":      {answer{status: 422, body: `{"detail":"だめ"}`}, "says nothing of the screen", true},
		"is a gateway's page":                {answer{status: 502, media: "text/html", body: "<h1>Bad Gateway</h1>"}, "status 502 without a problem", false},
		"is a fault, with a screen":          {answer{status: 500, body: `{"detail":"こわれました","screen":` + input + `}`}, "こわれました", false},
	} {
		t.Run(name, func(t *testing.T) {
			session, _ := at(t, map[string]answer{"POST /api/registrations": test.answer})
			screen, err := session.Start(t.Context())
			if err == nil {
				t.Fatalf("it is read as %+v", screen)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q does not say %q", err, test.want)
			}
			if errors.Is(err, driver.ErrInapplicable) != test.asked {
				t.Errorf("whether it can be judged is wrong: %v", err)
			}
			if diff := cmp.Diff(driver.Screen{}, screen); diff != "" {
				t.Errorf("yet something is perceived (-want +got)\n%s", diff)
			}
			if _, err := session.Submit(t.Context(), driver.Form{}); err == nil {
				t.Error("a button can be pressed that was never there")
			}
		})
	}
}

func TestNobodyAnswers(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	session, err := api.New().Open(t.Context(), driver.World{Base: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	if screen, err := session.Home(t.Context()); err == nil {
		t.Errorf("it is read as %+v", screen)
	}
}

func TestARefusalIsItsScreen(t *testing.T) {
	const refused = `{"name":"input","title":"入力","messages":[{"text":"ご確認ください"}],"content":[{"kind":"form","name":"input","content":[
		{"kind":"input","field":{"name":"net_answer_id","label":"NetアンサーID","errors":["短すぎます","記号は使えません"]}},
		{"kind":"group","text":"有効期限","errors":["過ぎています"],"help":["カードの表"],"content":[{"kind":"input","field":{"name":"m","label":"月"}}]},
		{"kind":"action","action":{"name":"submit","label":"確認へ"}}]}]}`
	for _, media := range []string{"application/problem+json", "application/problem+json; charset=utf-8"} {
		for _, status := range []int{http.StatusUnprocessableEntity, http.StatusServiceUnavailable} {
			session, it := at(t, map[string]answer{
				"POST /api/registrations": {status: http.StatusCreated, body: registration("r1", input)},
				"PUT /api/registrations/r1/form": {status: status, media: media, body: `{"detail":"ご確認ください","errors":[
					{"field":"net_answer_id","detail":"短すぎます"},{"field":"password","detail":"どの画面にもない"}],"screen":` + refused + `}`},
			})
			if _, err := session.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			got, err := session.Submit(t.Context(), driver.Form{CardNumber: "4000-0000 0000-0001"})
			if err != nil {
				t.Fatal(media, status, err)
			}
			want := driver.Screen{
				Title:    "入力",
				Messages: []string{"ご確認ください"},
				Errors:   map[string][]string{"NetアンサーID": {"短すぎます", "記号は使えません"}, "有効期限": {"過ぎています"}},
				Values:   map[string]string{}, Choices: map[string][]string{},
				Fields: []string{"NetアンサーID", "有効期限", "月"}, Actions: []string{"確認へ"},
				Text: "ご確認ください\nNetアンサーID\n短すぎます\n記号は使えません\n有効期限\n月\nカードの表\n過ぎています\n確認へ",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			asked := it.said()
			if last := asked[len(asked)-1]; !strings.Contains(last, `"card_number":"4000000000000001"`) || strings.Contains(last, "newsletter") {
				t.Errorf("the form is sent as %s", last)
			}
		}
	}
}

// TestWhatIsSentAgain: the last verb that sent something, a log-in like any other.
func TestWhatIsSentAgain(t *testing.T) {
	session, it := at(t, map[string]answer{
		"GET /api/described/home": {body: `{"screen":{"name":"home","title":"ホーム"}}`},
		"POST /api/registrations": {body: registration("r1", input)},
		"POST /api/sessions":      {body: `{"token":"of-hanako","screen":{"name":"portal","title":"会員ホーム"}}`},
		homeOf("of-hanako"):       {body: `{"screen":{"name":"portal","title":"会員ホーム"}}`},
	})
	if _, err := session.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := session.Login(t.Context(), "hana-2026", "Secret-2026"); err != nil {
		t.Fatal(err)
	}
	it.said()
	if _, err := session.Again(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked := it.said(); len(asked) == 0 || !strings.HasPrefix(asked[0], "POST /api/sessions") {
		t.Errorf("again: %q", asked)
	}
	tab, err := session.Tab(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if screen, err := tab.Again(t.Context()); err == nil {
		t.Errorf("a tab in which nothing was sent sends it again: %+v", screen)
	}
}

func TestNothingIsPressedThatTheScreenDoesNotHave(t *testing.T) {
	all := map[string]func(context.Context, driver.Session) (driver.Screen, error){
		"Submit": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return s.Submit(ctx, driver.Form{})
		},
		"Revise":   func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.Revise(ctx) },
		"Proceed":  func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.Proceed(ctx) },
		"passcode": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.EnterPasscode(ctx, "1") },
		"Reissue":  func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.Reissue(ctx) },
		"call":     func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.FinishCall(ctx) },
		"Restart":  func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.Restart(ctx) },
		"company": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return app(s).ChooseCompany(ctx, "")
		},
		"begin": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).BeginInApp(ctx) },
		"card": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return app(s).SubmitCard(ctx, driver.Card{})
		},
		"request": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).RequestPasscode(ctx) },
		"use SMS": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).ChooseSMS(ctx) },
		"use PIN": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).ChoosePIN(ctx) },
		"PIN":     func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).EnterPIN(ctx, "1") },
		"email": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return app(s).SubmitEmail(ctx, "a@b")
		},
		"password": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return app(s).SubmitPassword(ctx, "x")
		},
		"terms": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).Agree(ctx, true) },
		"back":  func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).Back(ctx) },
		"wallet": func(ctx context.Context, s driver.Session) (driver.Screen, error) {
			return app(s).AnswerWallet(ctx, "はい")
		},
		"tap":       func(ctx context.Context, s driver.Session) (driver.Screen, error) { return app(s).Tap(ctx, "明細") },
		"repeating": func(ctx context.Context, s driver.Session) (driver.Screen, error) { return s.Again(ctx) },
	}
	// The screen has words that are no button, buttons of those names in another
	// form, and other buttons in those forms.
	var decoys []string
	for _, name := range []string{"submit", "revise", "proceed", "reissue", "restart", "begin", "use_sms", "choose_pin"} {
		decoys = append(decoys, `{"kind":"form","name":"other","content":[{"kind":"action","action":{"name":"`+name+`","label":"他"}}]}`)
	}
	for _, form := range []string{"input", "confirm", "passcode", "reissue", "call", "company", "begin", "card", "destination", "choose_pin", "pin",
		"email", "password", "terms"} {
		decoys = append(decoys, `{"kind":"form","name":"`+form+`","content":[{"kind":"action","action":{"name":"help","label":"他"}}]}`)
	}
	home := `{"screen":{"name":"home","title":"ホーム","content":[{"kind":"text","text":"明細"},{"kind":"text","text":"はい"},` +
		strings.Join(decoys, ",") + `]}}`
	for name, press := range all {
		session, it := at(t, map[string]answer{"GET /api/described/home": {body: home}})
		if _, err := session.Home(t.Context()); err != nil {
			t.Fatal(err)
		}
		it.said()
		if screen, err := press(t.Context(), session); err == nil {
			t.Errorf("%s: it leads to %+v", name, screen)
		}
		if asked := it.said(); len(asked) > 0 {
			t.Errorf("%s: it was sent %q", name, asked)
		}
	}
}

func app(s driver.Session) driver.App { return s.(driver.App) }

func TestTheIDIsTheOneThatWasTold(t *testing.T) {
	session, it := at(t, map[string]answer{
		"POST /api/registrations":        {body: registration("r1", input)},
		"PUT /api/registrations/r1/form": {body: registration("r2", confirm)},
		"GET /api/registrations/r2":      {body: registration("r2", confirm)},
	})
	for _, do := range []func() (driver.Screen, error){
		func() (driver.Screen, error) { return session.Start(t.Context()) },
		func() (driver.Screen, error) { return session.Submit(t.Context(), driver.Form{}) },
		func() (driver.Screen, error) { return session.Look(t.Context()) },
	} {
		if _, err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if asked := it.said(); asked[len(asked)-1] != "GET /api/registrations/r2" {
		t.Errorf("it asks %q", asked)
	}
}

func TestAStepBackLeadsWhereTheScreenSays(t *testing.T) {
	screen := func(leadsTo string) string {
		return `{"id":"r1","screen":{"name":"app_company","title":"カードの選択","content":[{"kind":"form","name":"begin","content":[
			{"kind":"action","action":{"name":"begin","label":"はじめる"}}]},{"kind":"form","name":"back","content":[
			{"kind":"action","action":{"name":"back","label":"戻る","leads_to":"` + leadsTo + `"}}]}]}}`
	}
	for leadsTo, want := range map[string]string{"app_card": `{"to":"card"}`, "card": `{"to":"card"}`, "x": `{"to":"x"}`, "": `{"to":""}`} {
		session, it := at(t, map[string]answer{
			"GET /api/described/app_company":      {body: screen(leadsTo)},
			"POST /api/app/registrations":         {body: screen(leadsTo)},
			"POST /api/app/registrations/r1/back": {body: screen(leadsTo)},
		})
		phone := app(session)
		for _, do := range []func(context.Context) (driver.Screen, error){phone.OpenApp, phone.BeginInApp, phone.Back} {
			if _, err := do(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if asked := it.said(); asked[len(asked)-1] != "POST /api/app/registrations/r1/back "+want {
			t.Errorf("from %q it asks %q", leadsTo, asked)
		}
	}
}

func TestWhatTheAPIDoesNotSayOfAField(t *testing.T) {
	for name, test := range map[string]struct {
		field  string
		answer answer
		want   string // in the screen's text, or in the error
		fails  bool
	}{
		"of an ID":                       {"NetアンサーID", answer{body: `{"message":"安全性：低い"}`}, "安全性：低い", false},
		"of a field it is not asked":     {"セキュリティコード", answer{body: `{"message":"安全性：低い"}`}, "「セキュリティコード」 before the form is sent", true},
		"nothing of an ID":               {"NetアンサーID", answer{body: `{}`}, "says nothing of 「NetアンサーID」", true},
		"that an ID cannot be looked at": {"NetアンサーID", answer{status: 422, body: `{"detail":"長すぎます"}`}, "長すぎます", true},
	} {
		session, _ := at(t, map[string]answer{"POST /api/credential-strength": test.answer})
		screen, err := session.Write(t.Context(), test.field, "abc")
		got := screen.Text
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, test.want) || errors.Is(err, driver.ErrInapplicable) != test.fails {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
