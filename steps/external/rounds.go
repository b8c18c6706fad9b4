package external

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
)

// registrants are those of whom one goes through a registration, by SMS.
var registrants = []string{"花子さん", "太郎さん", "次郎さん", "安奈さん"}

// rounds goes through one whole registration with each device, and tells where it
// comes to no end, with the line of the file that may be missing.
func (d doctor) rounds(ctx context.Context, i instance) {
	who := ""
	for _, name := range registrants {
		if _, there := d.environment.cast[name]; there && who == "" {
			who = name
		}
	}
	switch {
	case who == "" || !d.environment.target.Able(target.SMS):
		d.note("登録の一巡: SMSで確認する会員（花子さんなど）が members に、sms が can にないので、試していません")
		return
	case i.Reset == nil:
		d.note("登録の一巡: reset がないので、試していません")
		return
	}
	for _, name := range d.environment.target.Drivers() {
		if name == "api" {
			continue
		}
		err := d.round(ctx, i, name, who)
		what := fmt.Sprintf("登録の一巡（%s、%s）", name, d.environment.cast[who].Called)
		if errors.Is(err, driver.ErrInapplicable) || errors.Is(err, driver.ErrUndecidable) {
			d.note(what + ": " + d.mask(err.Error()))
			continue
		}
		d.say(what, err, missingLine(err))
	}
}

// round is one registration with one driver.
func (d doctor) round(ctx context.Context, i instance, name, who string) error {
	opened, err := d.open(name)
	if err != nil {
		return err
	}
	around := d.environment.around(i)
	cast, err := d.environment.pool.cast(d.environment.cast, who)
	if err == nil {
		err = d.environment.prepare(ctx, around, runner.Scenario{}, cast)
	}
	if err != nil {
		return errors.Join(err, opened.Close())
	}
	app := name == "iphone" || name == "android"
	if app {
		d.stores(ctx, opened, i.address(name), name)
	}
	scene := d.environment.scene(around, opened, driver.World{Name: "doctor-" + name, Base: i.address(name), Device: device(name)}, app,
		cast)
	err = actor.Registers(actor.Enter(ctx, scene), who)
	if err == nil && i.Clock != nil {
		err = tells(ctx, around, d.environment.cast[who].Phone)
	}
	return errors.Join(err, scene.Leave(), opened.Close())
}

// stores tells where nothing leads to the app, so that what does is not asked.
func (d doctor) stores(ctx context.Context, opened driver.Driver, address, name string) {
	s, err := opened.Open(ctx, driver.World{Name: "doctor-store-" + name, Base: address, Device: device(name)})
	if err != nil {
		return // which the round tells
	}
	if phone, ok := s.(driver.App); ok {
		if _, err := phone.Guide(ctx); errors.Is(err, driver.ErrNoStore) {
			d.note(fmt.Sprintf("%s: %s", name, driver.ErrNoStore))
		}
	}
	if err := s.Close(); err != nil {
		d.note(fmt.Sprintf("%s: %s", name, d.mask(err.Error())))
	}
}

// until is how the guide has an SMS tell until when its passcode can be used.
var until = regexp.MustCompile(`有効期限: ?([0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2})`)

// tells tells whether an implementation's clock shows what it was set to: by the
// time that its SMS tells, ten minutes after the opening.
func tells(ctx context.Context, around *around, phone string) error {
	texts, err := around.Texts(ctx, "", phone)
	if err != nil || len(texts) == 0 {
		return err
	}
	found := until.FindStringSubmatch(texts[len(texts)-1].Body)
	if found == nil {
		return nil // of which scenarios tell
	}
	at, err := time.ParseInLocation("2006 01/02 15:04", actor.Opening.Format("2006 ")+found[1], actor.Opening.Location())
	if late := at.Sub(actor.Opening.Add(10 * time.Minute)); err != nil || late.Abs() > 5*time.Minute {
		return fmt.Errorf("clock で時計を「%s」に合わせましたが、SMSの有効期限は「%s」です。時計が合っていません", actor.Opening.Format("01/02 15:04"), found[1])
	}
	return nil
}

// device is the smartphone of a driver.
func device(name string) string {
	if name == "iphone" || name == "android" {
		return name
	}
	return ""
}

var (
	unnamed = regexp.MustCompile(`「([^」]+)」(?:という(?:ボタンまたはリンク|欄|グループ)|の欄)[^。]*ありません`)
	untold  = regexp.MustCompile(`titles に「([^」]+)」がありません`)
)

// missingLine is the line of a target.yaml that may be missing where a person
// comes no further.
func missingLine(err error) string {
	if err == nil {
		return ""
	}
	if found := untold.FindStringSubmatch(err.Error()); found != nil {
		return fmt.Sprintf("その画面が「%s」なら、titles: {%s: 題名か見出しか文}", found[1], found[1])
	}
	if found := unnamed.FindStringSubmatch(err.Error()); found != nil && found[1] == "セゾンPortal" {
		return "app は「セゾンPortal」のバナーがあるホームページです。アプリの案内のページなら addresses: {セゾンPortalアプリ: そのアドレス}、アプリそのものなら addresses: {アプリ: そのアドレス}"
	} else if found != nil {
		return fmt.Sprintf("同じ働きの欄やボタンがほかの名前であるなら、labels: {%s: その名前}", found[1])
	}
	return "実装がそこで案内のとおりに進むかを確かめてください"
}
