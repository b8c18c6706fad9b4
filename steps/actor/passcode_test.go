package actor_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// next is what arrives after a message, as providers tell it.
func next(all []actor.Message, after string) (actor.Message, error) {
	i := slices.IndexFunc(all, func(m actor.Message) bool { return m.ID == after }) + 1
	if i == len(all) {
		return actor.Message{}, client.ErrNothingArrived
	}
	return all[i], nil
}

func (s surroundings) NextText(_ context.Context, _, phone, after string) (actor.Message, error) {
	return next(s.texts[phone], after)
}

func (s surroundings) NextMail(_ context.Context, _, address, after string) (actor.Message, error) {
	return next(s.mails[address], after)
}

func coded(id, code string) actor.Message {
	return actor.Message{ID: id, Passcode: code, Body: "passcode " + code}
}

var plain = actor.Message{ID: "ad", Body: "ご利用ありがとうございます"}

// TestWhichPasscodeIsTyped has several messages on the phone, one of them without a passcode.
func TestWhichPasscodeIsTyped(t *testing.T) {
	texts := []actor.Message{coded("1", "111119"), plain, coded("2", "222222")}
	for name, test := range map[string]struct {
		do   func(context.Context) error
		want string // what was typed, or the error
	}{
		"the first":                         {func(ctx context.Context) error { return actor.EntersNth(ctx, hanako, 1) }, "111119"},
		"the second, not the advertisement": {func(ctx context.Context) error { return actor.EntersNth(ctx, hanako, 2) }, "222222"},
		"a third that is none":              {func(ctx context.Context) error { return actor.EntersNth(ctx, hanako, 3) }, "花子さんに届いたパスコードは2通です"},
		"the noughth":                       {func(ctx context.Context) error { return actor.EntersNth(ctx, hanako, 0) }, "2通です"},
		"one of who has a mailbox":          {func(ctx context.Context) error { return actor.EntersNthOf(ctx, hanako, jiro, 1) }, "333333"},
		"one of nobody":                     {func(ctx context.Context) error { return actor.EntersNthOf(ctx, hanako, "三郎さん", 1) }, "the cast has no 三郎さん"},
		"with a wrong last digit":           {func(ctx context.Context) error { return actor.EntersNthChanged(ctx, hanako, 1, 6) }, "111110"},
		"with a wrong first digit":          {func(ctx context.Context) error { return actor.EntersNthChanged(ctx, hanako, 2, 1) }, "322222"},
		"with a wrong 7th digit":            {func(ctx context.Context) error { return actor.EntersNthChanged(ctx, hanako, 2, 7) }, "7文字目はありません"},
		"none that was received":            {func(ctx context.Context) error { return actor.EntersReceived(ctx, hanako) }, "has received no passcode"},
		"none that could be wrong":          {func(ctx context.Context) error { return actor.EntersWrongly(ctx, hanako, "1") }, "has received no passcode"},
		"no first of two":                   {func(ctx context.Context) error { return actor.EntersFirst(ctx, hanako) }, "異なるパスコードが2通届いていません"},
		"received, then wrong twice": {func(ctx context.Context) error {
			if err := actor.GetsCodeByText(ctx, hanako, 6); err != nil {
				return err
			}
			return actor.EntersWrongly(ctx, hanako, "2")
		}, "111110 111110"},
		"received, then wrong until one before the limit": {func(ctx context.Context) error {
			if err := actor.GetsCodeByText(ctx, hanako, 6); err != nil {
				return err
			}
			return actor.EntersWrongly(ctx, hanako, "上限より2少ない")
		}, "111110"},
		"received, then wrong some times": {func(ctx context.Context) error {
			if err := actor.GetsCodeByText(ctx, hanako, 6); err != nil {
				return err
			}
			return actor.EntersWrongly(ctx, hanako, "何度か")
		}, "is no number of times"},
		"received, then wrong less than never": {func(ctx context.Context) error {
			if err := actor.GetsCodeByText(ctx, hanako, 6); err != nil {
				return err
			}
			return actor.EntersWrongly(ctx, hanako, "上限より3少ない")
		}, "is 0 times"},
		"received, but of another length":  {func(ctx context.Context) error { return actor.GetsCodeByText(ctx, hanako, 4) }, "4桁のはずが6桁"},
		"received by a mail that has none": {func(ctx context.Context) error { return actor.GetsCodeByMail(ctx, hanako, 6) }, "パスコードがありません"},
		"never arrived": {func(ctx context.Context) error {
			for range 2 { // the second message has none
				if err := actor.GetsCodeByMail(ctx, jiro, 6); err != nil {
					return err
				}
			}
			return nil
		}, "次郎さんにワンタイムパスコードが届きません"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &fake{texts: map[string][]actor.Message{phone: texts}, mails: map[string][]actor.Message{email: {plain},
				byMailOnly: {coded("3", "333333")}}}
			err := test.do(on(t, s, func(scene *actor.Scene) { scene.Numbers = actor.Numbers{PasscodeAttempts: 3} }))
			if got := strings.Join(s.typed, " "); err == nil && got != test.want || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}

// TestAReissueIsOneWhereAPasscodeArrives tries what an implementation sends when it is asked for another.
func TestAReissueIsOneWhereAPasscodeArrives(t *testing.T) {
	for name, test := range map[string]struct {
		who     string
		arrives []actor.Message
		want    string // typed then
	}{
		"another passcode":                      {hanako, []actor.Message{coded("2", "222222")}, "222222"},
		"nothing":                               {hanako, nil, "111111"},
		"a message without one":                 {hanako, []actor.Message{plain}, "111111"},
		"a passcode, and a message without one": {hanako, []actor.Message{coded("2", "222222"), plain}, "222222"},
		"a passcode by mail, received later":    {jiro, []actor.Message{coded("2", "222222")}, "222222"},
		"nothing by mail":                       {jiro, nil, "111111"},
	} {
		t.Run(name, func(t *testing.T) {
			first := []actor.Message{coded("1", "111111")}
			s := &fake{texts: map[string][]actor.Message{phone: first}, mails: map[string][]actor.Message{byMailOnly: first}}
			gets := actor.GetsCodeByText
			s.reissue = func() { s.texts[phone] = append(s.texts[phone], test.arrives...) }
			if test.who == jiro {
				gets = actor.GetsCodeByMail
				s.texts[phone] = []actor.Message{coded("8", "888888"), coded("9", "999999")} // somebody else's
				s.reissue = func() { s.mails[byMailOnly] = append(s.mails[byMailOnly], test.arrives...) }
			}
			ctx := on(t, s)
			for _, do := range []func() error{
				func() error { return gets(ctx, test.who, 6) },
				func() error { return actor.ReissuesAfter(ctx, test.who, "再発行の間隔") },
				func() error {
					if test.who == jiro && len(test.arrives) > 0 {
						return gets(ctx, test.who, 6)
					}
					return nil
				},
				func() error { return actor.EntersReceived(ctx, test.who) },
			} {
				if err := do(); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(s.typed, " "); got != test.want {
				t.Errorf("%q is typed, want %q", got, test.want)
			}
			if s.passed != actor.SandboxNumbers.ReissueInterval {
				t.Errorf("%v have passed", s.passed)
			}
		})
	}
}

func TestTheExpiryOfAnSMS(t *testing.T) {
	for body, want := range map[string]string{
		"パスコード 123456\n有効期限: 10:10\n": "",
		"  有効期限:10:10":                "",
		"有効期限: 10:11":                 "「10:10」のはずが「10:11」",
		"有効期限: 10:100":                "「10:10」のはずが「10:100」",
		"次の有効期限: 10:10":               "の行がありません",
		"":                            "の行がありません",
	} {
		ctx := on(t, &fake{texts: map[string][]actor.Message{phone: {{Body: "有効期限: 09:00"}, {Body: body}}}})
		if err := actor.TextExpires(ctx, hanako, "10:10"); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", body, err, want)
		}
	}
	if err := actor.TextExpires(on(t, &fake{}), hanako, "10:10"); err == nil || !strings.Contains(err.Error(), "届いていません") {
		t.Error(err)
	}
}

func TestAnSMSIsReadToTheLetterButForItsPasscode(t *testing.T) {
	for want, right := range map[string]bool{
		"パスコード 000000 です\n": true,
		"パスコード 123456 です":   true,
		"パスコード 111111 です":   false,
		"パスコード 000000":      false,
		"パスコード  000000 です":  false,
	} {
		ctx := on(t, &fake{texts: map[string][]actor.Message{phone: {{Body: "別の"}, {Body: "パスコード 123456 です", Passcode: "123456"}}}})
		if err := actor.TextReads(ctx, hanako, want); (err == nil) != right {
			t.Errorf("%q: %v", want, err)
		}
	}
}
