package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/model"
)

// begin is a world of one member of the fixtures.
func begin(t *testing.T, called string, app bool) *model.World {
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
	c := model.Config{Policy: policy, Texts: map[string]string{}, Now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60)),
		App: app}
	for _, text := range texts {
		c.Texts[text.ID] = text.Text
	}
	i := slices.IndexFunc(members, func(m fixtures.Member) bool { return m.Called == called })
	m := members[i]
	c.People = []model.Person{{Called: m.Called, Name: m.Name, Birth: m.BirthDate, Phone: m.Phone, Email: m.Email, Cards: m.Cards,
		ID: "tester2026", Password: "Secret-2026"}}
	return model.New(c)
}

// done carries acts of one person out and returns what is expected after the last.
func done(t *testing.T, w *model.World, who string, acts ...model.Act) (checks []model.Line) {
	t.Helper()
	for _, a := range acts {
		if a.Do != model.Wait {
			a.Who = who
		}
		lines, err := w.Do(a)
		if err != nil {
			t.Fatalf("%s: %v", a.Do, err)
		}
		checks = slices.DeleteFunc(lines, func(l model.Line) bool { return !l.Check })
	}
	return checks
}

func says(lines []model.Line, text string) bool {
	return slices.ContainsFunc(lines, func(l model.Line) bool {
		return strings.Contains(l.Text+l.Doc, text) || slices.ContainsFunc(l.Rows, func(row []string) bool {
			return strings.Contains(strings.Join(row, "|"), text)
		})
	})
}

var toPasscode = []model.Act{{Do: model.OpenForm}, {Do: model.Submit}, {Do: model.Proceed}}

func TestAPasscodeIsGoodForLessThanItsLifetime(t *testing.T) {
	for after, want := range map[time.Duration]string{
		0: "「完了」", 10*time.Minute - time.Second: "「完了」", 10 * time.Minute: "「有効期限切れ」",
	} {
		acts := append(slices.Clone(toPasscode), model.Act{Do: model.Wait, Span: after}, model.Act{Do: model.Enter, N: 1})
		if after == 0 {
			acts = slices.Delete(acts, 3, 4)
		}
		if checks := done(t, begin(t, "花子さん", false), "花子さん", acts...); !says(checks, want) {
			t.Errorf("after %s: %v, want %s", after, checks, want)
		}
	}
}

func TestTheFifthWrongPasscodeEndsTheRegistration(t *testing.T) {
	w := begin(t, "花子さん", false)
	done(t, w, "花子さん", toPasscode...)
	wrong := model.Act{Do: model.Enter, N: 1, Digit: 6}
	for n := 4; n > 0; n-- {
		checks := done(t, w, "花子さん", wrong)
		if !says(checks, w.Say("error.passcode_wrong", "remaining", string(rune('0'+n)))) {
			t.Errorf("with %d tries left: %v", n, checks)
		}
	}
	if checks := done(t, w, "花子さん", wrong); !says(checks, "「受付停止」") {
		t.Errorf("%v", checks)
	}
}

func TestAReissuedPasscodeMakesTheOneBeforeWrong(t *testing.T) {
	w := begin(t, "花子さん", false)
	done(t, w, "花子さん", append(slices.Clone(toPasscode), model.Act{Do: model.Wait, Span: time.Minute}, model.Act{Do: model.Reissue})...)
	if checks := done(t, w, "花子さん", model.Act{Do: model.Enter, N: 1}); says(checks, "「完了」") {
		t.Errorf("the first is taken: %v", checks)
	}
	if checks := done(t, w, "花子さん", model.Act{Do: model.Enter, N: 2}); !says(checks, "「完了」") {
		t.Errorf("the second is not taken: %v", checks)
	}
}

func TestWhatIsExpectedNamesItsRule(t *testing.T) {
	for _, line := range done(t, begin(t, "花子さん", false), "花子さん", append(slices.Clone(toPasscode), model.Act{Do: model.Enter, N: 1})...) {
		if line.Rule == "" {
			t.Errorf("no rule demands 「%s」", line.Text)
		}
	}
}

func TestWhatCannotBeDoneIsAnError(t *testing.T) {
	for name, a := range map[string]model.Act{
		"a passcode before one came": {Do: model.Enter, Who: "花子さん", N: 1},
		"a step of the app":          {Do: model.SubmitCard, Who: "花子さん"},
		"nobody":                     {Do: model.OpenForm, Who: "誰か"},
		"no verb":                    {Do: "fly", Who: "花子さん"},
	} {
		if lines, err := begin(t, "花子さん", false).Do(a); !errors.Is(err, model.ErrCannot) || lines != nil {
			t.Errorf("%s: %v %v", name, lines, err)
		}
	}
}
