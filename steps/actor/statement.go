package actor

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/steps/driver"
)

// listsOwn expects of another implementation the lines of the statement that its file
// tells of: each date with where and how much, in whatever order.
func (a *actor) listsOwn(ctx context.Context) error {
	told := a.Cards[a.card].Purchases
	if len(told) == 0 {
		return fmt.Errorf("%w: %sのご利用明細が members にありません。たずねるには members: [{called: %s, purchases: [{date: 2026/10/28, shop: …, amount: …}]}]",
			driver.ErrInapplicable, a.Called, a.Called)
	}
	a.scene.found(ctx)
	if err := a.opensStatement(ctx, told); err != nil {
		return err
	}
	for _, p := range told {
		if err := a.unfold(ctx, func() bool { return p.standsIn(a.statement()) }); err != nil {
			return err
		}
		if !p.standsIn(a.statement()) {
			return fmt.Errorf("画面「%s」のご利用明細に「%s %s %s」がありません", a.screen.Title, p.Date, p.Shop, p.Amount)
		}
	}
	return nil
}

// listsNobodysElse expects of another implementation no line of the statement of another
// card that its file tells of, and all lines of this one's.
func (a *actor) listsNobodysElse(ctx context.Context) error {
	own := a.Cards[a.card].Purchases
	if len(own) > 0 {
		if err := a.listsOwn(ctx); err != nil {
			return err
		}
	}
	if err := a.opensStatement(ctx, own); err != nil {
		return err
	}
	told := false
	for _, other := range a.scene.Cast {
		for _, card := range other.Cards {
			for _, p := range card.Purchases {
				if slices.Contains(own, p) {
					continue
				}
				if told = true; p.standsIn(a.statement()) {
					return fmt.Errorf("画面「%s」に、%sのご利用明細「%s %s %s」があります", a.screen.Title, other.Called, p.Date, p.Shop, p.Amount)
				}
			}
		}
	}
	if !told {
		return fmt.Errorf("%w: ほかのカードのご利用明細が members にありません。たずねるには members: [{called: %s, purchases: [{date: 2026/10/28, shop: …, amount: …}]}]",
			driver.ErrInapplicable, a.Called)
	}
	a.scene.found(ctx)
	return nil
}

// statement is the text in which lines of the statement are looked for: not what a closed
// list offers, as to choose a purchase from whose payment is changed.
func (a *actor) statement() string {
	text := level(a.screen.Text)
	for _, option := range a.screen.Listed {
		if dateForm.MatchString(option) {
			text = strings.Replace(text, level(option), "", 1)
		}
	}
	return text
}

// statementLink is what leads from a home to the statement, where that is a page of its own.
var statementLink = regexp.MustCompile(`明細(?:$|[^書])`)

// opensStatement goes from a home on which none of these purchases stands to the
// statement, where something leads there: it can be looked at from the home (p38).
func (a *actor) opensStatement(ctx context.Context, told []Purchase) error {
	eyes, able := a.session.(driver.Eyes)
	at := slices.IndexFunc(a.screen.Actions, statementLink.MatchString)
	here := slices.ContainsFunc(told, func(p Purchase) bool { return p.standsIn(a.statement()) })
	if !able || at < 0 || here || !slices.Contains([]string{"会員ホーム", "ホーム"}, a.screen.Title) {
		return nil
	}
	screen, err := eyes.Press(ctx, a.screen.Actions[at])
	if err != nil {
		return err
	}
	a.screen = screen
	return nil
}

// more is what a button is called that shows more of a list.
var more = regexp.MustCompile(`もっと(見|み|読)|さらに(見|表示|読)|続きを(見|表示|読)|(残り|すべて|全て|全件)[^。]{0,8}(見|表示)|次の\d+件`)

// unfold has more of a list shown, as long as there is more and what is looked for is
// not there.
func (a *actor) unfold(ctx context.Context, there func() bool) error {
	eyes, able := a.session.(driver.Eyes)
	for range 100 {
		at := slices.IndexFunc(a.screen.Actions, more.MatchString)
		if !able || at < 0 || there() {
			return nil
		}
		before := a.screen.Text
		screen, err := eyes.Press(ctx, a.screen.Actions[at])
		if err != nil {
			return err
		}
		if a.screen = screen; screen.Text == before {
			return nil
		}
	}
	return nil
}

// dateForm is a date, whose year may be left out.
var dateForm = regexp.MustCompile(`(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?`)

// standsIn tells whether a text has a purchase in one piece: from its date to the next
// one, or from the one before to its own.
func (p Purchase) standsIn(text string) bool {
	want := dateForm.FindStringSubmatch(p.Date)
	if want == nil {
		return false
	}
	dates := dateForm.FindAllStringSubmatchIndex(text, -1)
	for i, at := range dates {
		part := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return text[at[2*n]:at[2*n+1]]
		}
		if year := part(1); year != "" && year != want[1] || !equalNumbers(part(2), want[2]) || !equalNumbers(part(3), want[3]) {
			continue
		}
		from, to := 0, len(text)
		if i > 0 {
			from = dates[i-1][1]
		}
		if i+1 < len(dates) {
			to = dates[i+1][0]
		}
		if p.named(text[at[1]:to]) || p.named(text[from:at[0]]) {
			return true
		}
	}
	return false
}

// named tells whether a piece of a text names where, and how much.
func (p Purchase) named(text string) bool {
	if !strings.Contains(text, level(p.Shop)) {
		return false
	}
	for _, found := range number.FindAllString(strings.ReplaceAll(text, level(p.Shop), " "), -1) {
		if digits(found) == digits(number.FindString(p.Amount)) {
			return true
		}
	}
	return false
}

func equalNumbers(a, b string) bool {
	n, err := strconv.Atoi(a)
	m, wrong := strconv.Atoi(b)
	return err == nil && wrong == nil && n == m
}
