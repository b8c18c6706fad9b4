package suite

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/target"
)

// BeginTarget looks at an implementation from its home page on, and returns a
// target.yaml to begin with, in which what has to be told is left open.
func BeginTarget(ctx context.Context, address string, app bool) (string, error) {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return "", fmt.Errorf("target init: %q is no address of a page, like http://127.0.0.1:3000/", address)
	}
	name, half := "pc", "web"
	if app {
		name, half = "iphone", "app"
	}
	d, err := OpenDriver(name, browser.Config{Foreign: &browser.Foreign{Hosts: []string{at.Hostname()}}})
	if err != nil {
		return "", fmt.Errorf("target init looks with a browser: %w", err)
	}
	seen, err := lookAround(ctx, d, address)
	if err := errors.Join(err, d.Close()); err != nil {
		return "", fmt.Errorf("target init: %w", err)
	}
	choices, err := Choices()
	if err != nil {
		return "", fmt.Errorf("target init: %w", err)
	}
	return fmt.Sprintf(targetTemplate, half, address, choices, seen), nil
}

// TargetSchema is the JSON Schema of a target.yaml, for editors.
func TargetSchema() ([]byte, error) { return target.Schema() }

// lookAround is what is seen of the home page and of the form, as remarks.
func lookAround(ctx context.Context, d driver.Driver, address string) (string, error) {
	s, err := d.Open(ctx, driver.World{Name: "init", Base: address})
	if err != nil {
		return "", err
	}
	home, err := s.Home(ctx)
	if err != nil {
		return "", errors.Join(err, s.Close())
	}
	text := remarks("ホームページ", home)
	if d.Name() != "pc" {
		return text, s.Close()
	}
	form, err := s.Start(ctx)
	switch {
	case err != nil:
		text += "# 登録の初めの画面まで進めません: " + strings.ReplaceAll(say.Plain(say.Japanese.Translate(err.Error())), "\n", " ") + "\n"
	default:
		text += remarks("登録の初めの画面", form)
	}
	if lacking := lacking(form); err == nil && len(lacking) > 0 {
		text += "labels: # 案内の名前の欄やボタンがありません。上にある名前を書いてください\n"
		for _, name := range lacking {
			text += "  " + name + ": …\n"
		}
	}
	return text, s.Close()
}

// remark is a text of a page within a line of remarks.
func remark(text string) string { return strings.Join(strings.Fields(say.Plain(text)), " ") }

// remarks are what a screen shows. The title of a screen that is recognised is the
// guide's name of it, not what the document itself is called.
func remarks(which string, s driver.Screen) string {
	what := "「" + remark(s.Title) + "」の画面とわかります"
	if s.Unknown {
		what = "どの画面かわかりません。題名「" + remark(s.Title) + "」"
	}
	text := fmt.Sprintf("# %s: %s、見出し「%s」\n", which, what, remark(s.Heading))
	for _, list := range []struct {
		what  string
		names []string
	}{{"ボタンとリンク", slices.Concat(s.Actions, s.Blocked)}, {"欄", s.Fields}} {
		if len(list.names) > 0 {
			text += fmt.Sprintf("#   %s「%s」\n", list.what, remark(strings.Join(list.names, "」「")))
		}
	}
	return text
}

// lacking are the names of the form that a screen has not.
func lacking(s driver.Screen) (names []string) {
	for _, name := range browser.FormLabels() {
		if !slices.Contains(slices.Concat(s.Fields, s.Actions, s.Blocked), name) {
			names = append(names, name)
		}
	}
	return names
}

const targetTemplate = `# yaml-language-server: $schema=target.schema.json
# … の所を書き、要らない行を消してください。すべての項目は docs/ja/target.md にあります。
%s: %q
providers:            # netanswer serve -only providers を動かしておきます
  world: target       # SMSのアカウントを ACtarget、SMTPの利用者を target にします。試すたびに空になります
  console: http://127.0.0.1:8090
# reset: {url: "…"}   # 試験用の会員を元に戻す呼び出し（または command: [プログラム, 引数]）
# clock: {url: "…", body: '{"now": "{now}"}'}   # 時計を合わせる呼び出し。進み続けるなら precision: 20s
can: [sms, email]     # ほかに call（電話）、faults（届かないときの振る舞い）
%s%smembers:              # SMSで確認する会員から
  - {called: 花子さん, card: "4242420000010017", expiry: 11/35, code: "123", phone: 090-0000-1001}
`
