package external

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/target"
)

// A doctor tries what a target.yaml names, before any scenario does.
type doctor struct {
	environment *Environment
	mask        func(string) string
	out         io.Writer
	wrong       *int
	at          client.Providers // where our providers are
	prefix      string           // of what is told of one of several instances
	roundly     bool             // a whole registration is tried as well
	language    say.Language
	open        func(name string) (driver.Driver, error)
}

// Examine tries everything that the file names, on each instance: the pages and
// the form's names by a driver that open makes, the calls, an SMS, a mail and a
// call by our providers, and, where rounds is true, one whole registration with each
// device. It writes a line for each in
// the language, with what to do where something is wrong, masked, and returns how many
// are. What it tells stands in Japanese here, and in English in the phrase book.
func (s *Environment) Examine(
	ctx context.Context,
	out io.Writer,
	mask func(string) string,
	rounds bool,
	language say.Language,
	open func(name string) (driver.Driver, error),
) (wrong int) {
	d := doctor{environment: s, out: out, wrong: &wrong, mask: mask, roundly: rounds, language: language, open: open}
	for n := range s.Workers() {
		if s.Workers() > 1 {
			d.prefix = fmt.Sprintf(language.Of("%d番目の実装: ", "implementation %d: "), n+1)
		}
		i := <-s.free
		d.examine(ctx, i)
		s.free <- i
	}
	return wrong
}

// examine tries everything of an instance, also after something was wrong.
func (d doctor) examine(ctx context.Context, i instance) {
	for _, page := range []struct{ what, address string }{{"web のページ", i.Web}, {"app のページ", i.App}} {
		if page.address != "" {
			d.say(page.what, d.opens(ctx, page.address), "アドレスと、そこで実装が動いているかを確かめてください")
		}
	}
	if i.Reset != nil && i.Reset.Used != "" {
		d.note("reset: " + d.environment.pool.left())
	} else if i.Reset != nil {
		d.say("reset", i.Reset.Run(ctx, d.environment.client), "reset の呼び出しを、実装の担当者と確かめてください")
	} else {
		d.note("reset: 元に戻す手段がないので、会員が登録済みになった後のシナリオは失敗します")
	}
	if i.Clock != nil {
		err := i.Clock.At(ctx, d.environment.client, "clock", actor.Opening)
		if d.say("clock", err, "clock の呼び出しを、実装の担当者と確かめてください"); err != nil {
			i.Clock = nil // it need not be set again
		}
	} else {
		d.note("clock: 動かす手段がないので、時間の経過を要するシナリオは判定できません")
	}
	d.asks(ctx, i)
	before := *d.wrong
	if d.providers(ctx, i) && i.Web != "" {
		d.labels(ctx, i)
	}
	if d.roundly && *d.wrong == before { // else it would come to no end for what is told already
		d.rounds(ctx, i)
	}
	if err := d.environment.give(ctx, i); err != nil {
		d.say("後片付け", err, "実装の時計と、事業者のコンソールを確かめてください")
	}
}

// mobile is a number that SMS reach.
var mobile = regexp.MustCompile(`^0[789]0`)

// providers tries whether what is sent in the name of an instance arrives in its world.
func (d doctor) providers(ctx context.Context, i instance) bool {
	if i.controls == nil {
		for _, p := range d.environment.cast {
			_, err := i.inbox.Texts(ctx, "", p.Phone)
			d.say("adapter", err, "adapter のアドレスと返事の形を確かめてください")
			break
		}
		return true
	}
	var err error
	if d.at, err = i.controls.Providers(ctx); err != nil {
		d.say("事業者", err, runProviders)
		return false
	}
	phones, addresses := recipients(d.environment.cast, "")
	if err := i.freshWorld(ctx, d.environment.now(), append(phones, addresses...)); err != nil {
		d.say("ワールド "+i.world, err, "ほかのワールドが、会員の番号やアドレスを受け持っていないかを確かめてください")
		return false
	}
	account := i.Providers.World
	if account == "" {
		account = "netanswer" // whose traffic it is, the claims say
	}
	for _, as := range slices.Sorted(maps.Keys(d.environment.cast)) {
		p := d.environment.cast[as]
		if mobile.MatchString(p.Phone) && d.environment.target.Able(target.SMS) {
			err := d.text(ctx, account, p.Phone)
			if err == nil {
				_, err = i.inbox.NextText(ctx, i.world, p.Phone, "")
			}
			d.say(p.Called+"へのSMS", lost(err, i.world), "providers の world か claim を確かめてください")
		}
		if p.Email != "" && d.environment.target.Able(target.Email) {
			err := d.mail(ctx, account, p.Email)
			if err == nil {
				_, err = i.inbox.NextMail(ctx, i.world, p.Email, "")
			}
			d.say(p.Called+"へのメール", lost(err, i.world), "providers の world か claim を確かめてください")
		}
	}
	if i.Providers.Voice != "" {
		d.say("電話", d.calls(ctx, i), "voice のアドレスと、そこが TwiML で答えるかを確かめてください")
	}
	return true
}

// lost says of what has not arrived that it has not.
func lost(err error, world string) error {
	if errors.Is(err, client.ErrNothingArrived) {
		return fmt.Errorf("送りましたが、ワールド %s に届きません", world)
	}
	return err
}

// calls places a call, as nobody in particular.
func (d doctor) calls(ctx context.Context, i instance) error {
	call, err := i.controls.PlaceCall(ctx, i.world, client.Dial{Withheld: true, Listen: "all"})
	if err == nil && (call.Outcome != "answered" || call.Guidance == "") {
		err = fmt.Errorf("電話をかけても、ガイダンスが聞こえません（%s）", call.Outcome)
	}
	return err
}

// labels tries whether a person finds the way to the form, and its fields.
func (d doctor) labels(ctx context.Context, i instance) {
	browserDriver, err := d.open("pc")
	if err != nil {
		d.say("画面の項目", err, "netanswer setup browser でブラウザーを用意してください")
		return
	}
	err = func() error {
		s, err := browserDriver.Open(ctx, driver.World{Name: "doctor", Base: i.Web})
		if err != nil {
			return err
		}
		screen, err := s.Start(ctx)
		if err != nil {
			err = fmt.Errorf("ホームページから入力の画面まで進めません: %w", err)
		}
		return errors.Join(err, missing(screen), s.Close())
	}()
	d.say("画面の項目", errors.Join(err, browserDriver.Close()), "案内の名前と違うものを labels と titles に書いてください")
}

// missing is an error that names what the form has not.
func missing(screen driver.Screen) error {
	if screen.Title == "" {
		return nil // the way there was missed, which is told
	}
	var names []string
	for _, name := range browser.FormLabels() {
		if !slices.Contains(slices.Concat(screen.Fields, screen.Actions, screen.Blocked), name) { // one that sleeps is there
			names = append(names, "「"+name+"」")
		}
	}
	var lacking, otherwise error
	if len(names) > 0 {
		lacking = fmt.Errorf("入力の画面に見つからないもの: %s", strings.Join(names, "、"))
	}
	if screen.Title != "入力" {
		otherwise = fmt.Errorf("画面の名前が「入力」ではなく「%s」です", screen.Title)
	}
	return errors.Join(lacking, otherwise)
}

// say tells what became of one thing, and what to do where it is wrong.
func (d doctor) say(what string, err error, advice string) {
	if err == nil {
		fmt.Fprintf(d.out, "✓ %s%s\n", d.prefix, d.language.Translate(what))
		return
	}
	*d.wrong++
	fmt.Fprintf(d.out, "✗ %s%s: %s\n  → %s\n", d.prefix, d.language.Translate(what),
		d.mask(d.language.Failure(err.Error())), say.Plain(d.language.Translate(advice)))
}

func (d doctor) note(text string) {
	fmt.Fprintf(d.out, "－ %s%s\n", d.prefix, d.language.Failure(text))
}

func (d doctor) opens(ctx context.Context, address string) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := d.environment.client.Do(q)
	if err != nil {
		return fmt.Errorf("開けません: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 400 {
		return fmt.Errorf("開けません（%d）", answer.StatusCode)
	}
	return nil
}
