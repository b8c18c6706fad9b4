package external

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/target"
)

// around is what stands around one instance during one scenario. What somebody
// else's implementation cannot be asked ends the scenario as 対象外, and time
// that nobody can let pass as 判定不能. The names of worlds that package member
// knows are those of scenarios; here all of it is the instance's.
type around struct {
	inbox
	instance instance
	target   target.Target
	client   *http.Client
	at       time.Time // what its clock was set to, where it is moved
	set      time.Time // when, by the machine's clock
	before   bool      // it was set to just before a limit
	now      func() time.Time
	left     time.Duration // how much longer this scenario may wait in real time
}

var _ actor.Surroundings = (*around)(nil)

func notAsked(format string, args ...any) error {
	return fmt.Errorf("%w: %s", driver.ErrInapplicable, fmt.Sprintf(format, args...))
}

// can is nil where the implementation declares something.
func (a *around) can(c target.Capability, what string) error {
	if a.target.Able(c) {
		return nil
	}
	return notAsked("%s（%s）が can にありません", what, c)
}

// SetClock moves both clocks.
func (a *around) SetClock(ctx context.Context, _ string, t time.Time) error {
	if a.instance.Clock == nil {
		return fmt.Errorf("%w: 時計を動かす手段（clock）がないので、「%s」にできません", driver.ErrUndecidable, t.Format("2006-01-02 15:04:05"))
	}
	if err := a.instance.Clock.At(ctx, a.client, "clock", t); err != nil {
		return err
	}
	a.at, a.set, a.before = t, a.now(), false
	if a.instance.controls == nil {
		return nil
	}
	_, err := a.instance.controls.SetClock(ctx, a.instance.world, t)
	return err
}

// Advance moves both clocks on, or waits where nobody can.
func (a *around) Advance(ctx context.Context, world string, d time.Duration) error {
	if a.instance.Clock != nil {
		kept := margin(d, a.instance.Clock.Precision)
		err := a.SetClock(ctx, world, a.shows().Add(kept))
		a.before = kept < d
		return err
	}
	if d > a.left {
		return fmt.Errorf("%w: 時計を動かす手段（clock）がなく、%s 待つには wait_up_to が足りません（残り %s）", driver.ErrUndecidable, d, a.left)
	}
	a.left -= d
	passed := time.NewTimer(d)
	defer passed.Stop()
	select {
	case <-passed.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// RunsOn tells whether no moment can be hit.
func (a *around) RunsOn() bool { return a.instance.Clock != nil && a.instance.Clock.Precision > 0 }

// Precision is how far the clock may run on while a scenario is tried.
func (a *around) Precision() time.Duration {
	if a.instance.Clock == nil {
		return 0
	}
	return a.instance.Clock.Precision
}

// shows is what the implementation's clock shows now: it runs on where it says so.
func (a *around) shows() time.Time {
	if a.instance.Clock.Precision == 0 {
		return a.at
	}
	return a.at.Add(a.now().Sub(a.set))
}

// weigh is the error of a step that failed, or that nobody can tell: a clock that has run
// on for longer than its file says may have reached the limit that it was set before.
func (a *around) weigh(err error) error {
	if a.instance.Clock == nil || !a.before {
		return err
	}
	precision := a.instance.Clock.Precision
	if on := a.now().Sub(a.set); on > precision {
		return fmt.Errorf("%w: 実装の時計が期限の手前から%s進みました。clock の precision（%s）を大きくするか、-workers で同時に試す数を減らしてください。見えたもの: %s",
			driver.ErrUndecidable, on.Round(time.Second), precision, err.Error())
	}
	return err
}

// limits of the scenarios are whole multiples of this.
const grain = 30 * time.Second

// margin is a time just before or after a limit, a second from it as scenarios
// have it, as far from it as a clock that runs on needs.
func margin(d, precision time.Duration) time.Duration {
	switch {
	case precision <= time.Second:
		return d
	case (d+time.Second)%grain == 0:
		return d + time.Second - precision
	case d > time.Second && (d-time.Second)%grain == 0:
		return d - time.Second + precision
	}
	return d
}

func (a *around) SetPolicy(ctx context.Context, _, name, value string) error {
	_, err := a.ask(ctx, a.instance.Ask.Policy, "方針を変える", "policy", map[string]string{"{name}": name, "{value}": value})
	return err
}

// Rephone changes the telephone that is on file of who has a card.
func (a *around) Rephone(ctx context.Context, _, card, phone string) error {
	_, err := a.ask(ctx, a.instance.Ask.Phone, "登録の電話番号を変える", "phone", map[string]string{"{card}": card, "{phone}": phone})
	return err
}

// ask asks by a call what no page shows, where the file has one.
func (a *around) ask(ctx context.Context, call *target.Call, what, key string, words map[string]string) (string, error) {
	if call == nil {
		return "", notAsked("%s手段がありません。たずねるには ask: {%s: …}", what, key)
	}
	said, err := call.About(ctx, a.client, "ask の "+key+" ", words)
	if errors.Is(err, target.ErrNot) {
		return "", notAsked("%s手段がありません: %v", what, err)
	}
	return said, err
}

func (a *around) Texts(ctx context.Context, _, phone string) ([]actor.Message, error) {
	if err := a.can(target.SMS, "SMS"); err != nil {
		return nil, err
	}
	return a.inbox.Texts(ctx, a.instance.world, phone)
}

func (a *around) Mails(ctx context.Context, _, address string) ([]actor.Message, error) {
	if err := a.can(target.Email, "メール"); err != nil {
		return nil, err
	}
	return a.inbox.Mails(ctx, a.instance.world, address)
}

func (a *around) NextText(ctx context.Context, _, phone, after string) (actor.Message, error) {
	if err := a.can(target.SMS, "SMS"); err != nil {
		return actor.Message{}, err
	}
	return a.inbox.NextText(ctx, a.instance.world, phone, after)
}

func (a *around) NextMail(ctx context.Context, _, address, after string) (actor.Message, error) {
	if err := a.can(target.Email, "メール"); err != nil {
		return actor.Message{}, err
	}
	return a.inbox.NextMail(ctx, a.instance.world, address, after)
}

// ours is our own providers, which alone can be told what to do.
func (a *around) ours(c target.Capability, what string) (actor.Providers, error) {
	if a.instance.controls == nil {
		return actor.Providers{}, notAsked("adapter の先の事業者に、%sを頼めません", what)
	}
	return actor.Providers{Controls: a.instance.controls}, a.can(c, what)
}

func (a *around) PlaceCall(ctx context.Context, _ string, d actor.Dial) (actor.Call, error) {
	ours, err := a.ours(target.Telephone, "電話")
	if err != nil {
		return actor.Call{}, err
	}
	if d.Listen == "stay" && a.instance.Providers.Voice != "" && a.instance.Providers.CallEnded == "" {
		return actor.Call{}, notAsked("電話を切ったことを実装に知らせる先がありません。たずねるには providers: {call_ended: …}")
	}
	return ours.PlaceCall(ctx, a.instance.world, d)
}

func (a *around) HangUp(ctx context.Context, _, id string) (actor.Call, error) {
	ours, err := a.ours(target.Telephone, "電話")
	if err != nil {
		return actor.Call{}, err
	}
	return ours.HangUp(ctx, a.instance.world, id)
}

func (a *around) PlanFault(ctx context.Context, _, provider string, f actor.Fault) error {
	if provider == "issuer" {
		return notAsked("実装の発行元に障害を起こす手段がありません")
	}
	needs, what := target.Faults, "障害"
	if provider == client.ProviderCall {
		needs, what = target.Telephone, "電話" // the line is ours; what becomes of it is no fault to the implementation
	}
	ours, err := a.ours(needs, what)
	if err != nil {
		return err
	}
	return ours.PlanFault(ctx, a.instance.world, provider, f)
}

func (a *around) RefuseMail(ctx context.Context, _, address string, domains []string) error {
	ours, err := a.ours(target.Email, "受信拒否")
	if err != nil {
		return err
	}
	return ours.RefuseMail(ctx, a.instance.world, address, domains)
}

func (a *around) Enrolments(ctx context.Context, _, card string) (int, error) {
	said, err := a.ask(ctx, a.instance.Ask.Enrolments, "本人認証サービスへの登録を確かめる", "enrolments", map[string]string{"{card}": card})
	if err != nil {
		return 0, err
	}
	var told struct {
		Count *int `json:"count"`
	}
	if n, err := strconv.Atoi(strings.TrimSpace(said)); err == nil {
		return n, nil
	}
	if err := json.Unmarshal([]byte(said), &told); err != nil || told.Count == nil {
		return 0, errors.New(`ask の enrolments の返事が、数でも {"count": 数} でもありません`)
	}
	return *told.Count, nil
}

func (a *around) Records(context.Context, string) (string, error) {
	return "", notAsked("実装の記録を読む手段がありません")
}
