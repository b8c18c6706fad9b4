package walk_test

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cucumber/godog"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/walk"
)

// nowhere is an environment in which nothing takes place.
type nowhere struct{}

func (nowhere) Begin(ctx context.Context, _ runner.Scenario, _ driver.Driver) (context.Context, error) {
	return ctx, nil
}
func (nowhere) Evidence(context.Context) []driver.Evidence { return nil }
func (nowhere) End(context.Context, bool) error            { return nil }

// idle is a driver that is asked for its name only.
type idle struct{}

func (idle) Name() string                                               { return "api" }
func (idle) Close() error                                               { return nil }
func (idle) Open(context.Context, driver.World) (driver.Session, error) { panic("nobody opens it") }

// walks are some by two members on the web, whose every step is carried out by do.
func walks(t *testing.T, do func(sentence string) error) *walk.Config {
	t.Helper()
	policy, err := model.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	members, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	m := model.Config{Policy: policy, Texts: map[string]string{}, Now: now}
	for _, text := range texts {
		m.Texts[text.ID] = text.Text
	}
	for _, p := range members[:2] {
		m.People = append(m.People, model.Person{Called: p.Called, Name: p.Name, Birth: p.BirthDate, Phone: p.Phone, Email: p.Email,
			Cards: p.Cards, ID: "tester" + p.ID, Password: "Secret-2026"})
	}
	book := walk.NewBook(func(d runner.Definitions) { // whatever follows a sentence goes with it
		d.Step(`^(.*)$`, func(_ context.Context, sentence string) error { return do(sentence) })
	})
	return &walk.Config{Book: book, Model: m, Environment: nowhere{}, Driver: idle{}, Seed: 1, Walks: 5, Limit: time.Minute,
		Kind: func(uint64) walk.Kind { return walk.Kind{Clock: true} }, Now: func() time.Time { return now }}
}

func TestWalksThatSeeWhatTheModelSaysAreGone(t *testing.T) {
	r, err := walk.Run(t.Context(), walks(t, func(string) error { return nil }))
	if err != nil || !r.OK() || r.Walks != 5 || len(r.Failures) != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAWalkOfASeedIsTheSameAgain(t *testing.T) {
	gone := func() (all []string) {
		c := walks(t, func(sentence string) error { all = append(all, sentence); return nil })
		if failed, err := c.Once(t.Context(), 7); failed != nil || err != nil {
			t.Fatal(failed, err)
		}
		return all
	}
	if first, second := gone(), gone(); len(first) == 0 || !slices.Equal(first, second) {
		t.Errorf("%d steps, then %d others", len(first), len(second))
	}
}

// TestALongWalkHasItsTime: an act may take a minute, a walk as long as its acts need.
func TestALongWalkHasItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := clock.Machine()
		r, err := walk.Run(t.Context(), walks(t, func(string) error {
			<-time.NewTimer(5 * time.Second).C
			return nil
		}))
		if took := clock.Machine().Sub(began); err != nil || !r.OK() || took < 2*time.Minute {
			t.Errorf("after %s: %+v %v", took, r, err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		c := walks(t, nil)
		c.Book = walk.NewBook(func(d runner.Definitions) {
			d.Step(`^(.*)$`, func(ctx context.Context, _ string) error { <-ctx.Done(); return context.Cause(ctx) })
		})
		c.Tries = 1
		r, err := walk.Run(t.Context(), c)
		if err != nil || len(r.Failures) == 0 || !strings.Contains(r.Failures[0].Err, "1m0s") {
			t.Errorf("what never ends: %+v %v", r, err)
		}
	})
}

// TestWhoIsInterruptedHasSeenNothing: a signal in the middle of a walk is no failure.
func TestWhoIsInterruptedHasSeenNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := walks(t, func(string) error { cancel(); return errors.New("connection closed") })
	if failed, err := c.Once(ctx, 7); failed != nil || err != nil {
		t.Errorf("%+v %v", failed, err)
	}
}

// TestAFailureIsShrunkAndToldAsAScenario: an implementation whose confirmation is never
// seen needs two acts to show it, however long the walk was.
func TestAFailureIsShrunkAndToldAsAScenario(t *testing.T) {
	c := walks(t, func(sentence string) error {
		if sentence == "「確認」の画面になる" {
			return errors.New("画面は「入力」です")
		}
		return nil
	})
	c.Walks = 20
	r, err := walk.Run(t.Context(), c)
	if err != nil || len(r.Failures) == 0 {
		t.Fatalf("%d failures: %v", len(r.Failures), err)
	}
	for _, f := range r.Failures {
		if len(f.Walk.Acts) > 2 || f.Drawn < len(f.Walk.Acts) {
			t.Errorf("%d of %d acts are left: %v", len(f.Walk.Acts), f.Drawn, f.Walk.Acts)
		}
		for _, want := range []string{"  @", "  シナリオ: ", "    もし ", "    ならば ", "確認"} {
			if !strings.Contains(f.Told, want) {
				t.Errorf("%q is not in\n%s", want, f.Told)
			}
		}
	}
}

func TestABookCarriesOutWhatOneDefinitionFits(t *testing.T) {
	var got []any
	book := walk.NewBook(func(d runner.Definitions) {
		d.When(`^(\d+)回「([^」]*)」を押す$`, func(_ context.Context, n int, what string) error {
			got = append(got, n, what)
			return nil
		})
		d.Then(`^表が並ぶ$`, func(_ context.Context, rows *godog.Table) error {
			got = append(got, rows.Rows[1].Cells[0].Value)
			return nil
		})
		d.Then(`^文は次のとおり$`, func(_ context.Context, text *godog.DocString) error {
			got = append(got, text.Content)
			return errors.New("別の文です")
		})
		d.Then(`^二つ`, func() error { return nil })
		d.Then(`^二つある$`, func() error { return nil })
	})
	for _, tt := range []struct {
		line  model.Line
		wrong string
	}{
		{model.Line{Text: "3回「送る」を押す"}, ""},
		{model.Line{Text: "表が並ぶ", Rows: [][]string{{"a"}, {"b"}}}, ""},
		{model.Line{Text: "文は次のとおり", Doc: "一行"}, "別の文です"},
		{model.Line{Text: "どこにもない"}, "定義は0個"},
		{model.Line{Text: "二つある"}, "定義は2個"},
		{model.Line{Text: "99999999999999999999回「送る」を押す"}, "out of range"},
	} {
		err := book.Do(t.Context(), tt.line)
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.line.Text, err, tt.wrong)
		}
	}
	if want := []any{3, "送る", "b", "一行"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestAResultIsToldInOneLanguage has every move untried, so that all of them are named.
func TestAResultIsToldInOneLanguage(t *testing.T) {
	r := walk.Result{Driver: "api", Walks: 1, Steps: 2, Unasked: map[string]int{"この実装では確かめられません": 1},
		Coverage: walk.Coverage{{Where: "始め", Do: model.Wait, Kind: "メール・VISA・二枚", Nth: 1}: 1},
		Failures: []walk.Failure{{Err: "規約の本文が見えません"}}}
	var ja, en strings.Builder
	if err := errors.Join(r.Write(&ja, say.Japanese, false, true), r.Write(&en, say.English, false, true)); err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`→ [a-z]+`).FindString(ja.String()); found != "" || !strings.Contains(ja.String(), "アプリ terms → 規約に同意しない") {
		t.Errorf("in Japanese stands %q:\n%s", found, ja.String())
	}
	if found := regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]+`).FindString(strings.Replace(en.String(), "この実装では確かめられません", "", 1)); found != "" ||
		!strings.Contains(en.String(), "app terms → decline") || !strings.Contains(en.String(), "mail VISA two cards 1") {
		t.Errorf("in English stands %q:\n%s", found, en.String())
	}
}
