package actor

import (
	"context"
	"fmt"
	"strings"

	"example.com/netanswer/steps/driver"
)

// rightForm is a form that the service accepts of the person.
func (a *actor) rightForm() driver.Form {
	c := a.Cards[a.card]
	f := driver.Form{CardNumber: c.Number, ExpiryMonth: c.Month, ExpiryYear: c.Year, SecurityCode: c.SecurityCode,
		NetAnswerID: a.ID, Password: a.Password, PasswordConfirmation: a.Password, EmailPC: a.address()}
	return f
}

// write puts a value into the field with that label. A password is repeated in
// the confirmation, unless that is written itself afterwards.
func write(f *driver.Form, label, value string) error {
	switch label {
	case "クレジットカード番号":
		f.CardNumber = value
	case "有効期限":
		f.ExpiryMonth, f.ExpiryYear, _ = strings.Cut(value, "/")
	case "セキュリティコード":
		f.SecurityCode = value
	case "NetアンサーID":
		f.NetAnswerID = value
	case "Netアンサーパスワード":
		f.Password, f.PasswordConfirmation = value, value
	case "確認用パスワード":
		f.PasswordConfirmation = value
	case "パソコン":
		f.EmailPC = value
	case "携帯電話・スマートフォン":
		f.EmailMobile = value
	case "メールマガジン":
		switch value {
		case "受け取る", "受け取らない":
			yes := value == "受け取る"
			f.Newsletter = &yes
		default:
			return fmt.Errorf("「メールマガジン」 is 受け取る or 受け取らない, not 「%s」", value)
		}
	default:
		return fmt.Errorf("the form has no field 「%s」", label)
	}
	return nil
}

// OpensHome opens the home page.
func OpensHome(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Home(ctx))
}

// OpensEntrance opens the log-in page.
func OpensEntrance(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Entrance(ctx))
}

// OpensForm begins a new registration.
func OpensForm(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.scene.Words.Foreign && a.scene.App {
		return fmt.Errorf("%w: アプリとWebの登録を一つのシナリオで試す手段がありません", driver.ErrInapplicable)
	}
	return all(
		func() error { return a.see(a.session.Start(ctx)) },
		func() error { return a.expectTitle("入力") },
	)
}

// SubmitsRightly fills in the form as the service accepts it.
func SubmitsRightly(ctx context.Context, name string) error {
	return SubmitsRows(ctx, name, nil)
}

// SubmitsWith fills in the form rightly but for one field.
func SubmitsWith(ctx context.Context, name, label, value string) error {
	return SubmitsRows(ctx, name, [][2]string{{label, value}})
}

// SubmitsRows fills in the form rightly but for some fields.
func SubmitsRows(ctx context.Context, name string, rows [][2]string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	f := a.rightForm()
	for _, row := range rows {
		if row[0] == cardOf {
			c, err := a.scene.cardNamed(row[1])
			if err != nil {
				return err
			}
			f.CardNumber, f.ExpiryMonth, f.ExpiryYear, f.SecurityCode = c.Number, c.Month, c.Year, c.SecurityCode
			continue
		}
		value, err := Value(ctx, row[1])
		if err != nil {
			return err
		}
		if err := write(&f, row[0], value); err != nil {
			return err
		}
	}
	return a.submit(ctx, f)
}

// Writes writes into one field and sends nothing.
func Writes(ctx context.Context, name, label, value string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if value, err = Value(ctx, value); err != nil {
		return err
	}
	return a.see(a.session.Write(ctx, label, value))
}

// IsRefused fills in the form rightly and is refused.
func IsRefused(ctx context.Context, name string) error {
	return all(
		func() error { return OpensForm(ctx, name) },
		func() error { return SubmitsRightly(ctx, name) },
		func() error { return TitleIs(ctx, "入力") },
	)
}

// PolicyIs makes another choice of the policy for the scene's world.
func PolicyIs(ctx context.Context, name, value string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	return s.Around.SetPolicy(ctx, s.World.Name, name, value)
}

// SubmitsNothing leaves the form empty.
func SubmitsNothing(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.submit(ctx, driver.Form{})
}

// SubmitsWithoutAgreeing sends a right form without agreeing to the terms.
func SubmitsWithoutAgreeing(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	f := a.rightForm()
	f.TermsDeclined = true
	return a.submit(ctx, f)
}

func (a *actor) submit(ctx context.Context, f driver.Form) error {
	a.form = f
	return a.see(a.session.Submit(ctx, f))
}

// ReachesConfirm does all that is needed to be at the confirmation.
func ReachesConfirm(ctx context.Context, name string, rows ...[2]string) error {
	return all(
		func() error { return OpensForm(ctx, name) },
		func() error { return SubmitsRows(ctx, name, rows) },
		func() error { return TitleIs(ctx, "確認") },
	)
}

// GoesAsFarAsIdentity fills in the form rightly and goes on to the identity check,
// unless the form is refused already: where that happens is the implementation's own.
func GoesAsFarAsIdentity(ctx context.Context, name string) error {
	if err := all(func() error { return OpensForm(ctx, name) }, func() error { return SubmitsRightly(ctx, name) }); err != nil {
		return err
	}
	a, err := act(ctx, name)
	if err != nil || a.screen.Title != "確認" {
		return err
	}
	return Proceeds(ctx, name)
}

// Revises goes back from the confirmation to the form.
func Revises(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Revise(ctx))
}

// RevisesAfter lets time pass, then goes back to the form.
func RevisesAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return Revises(ctx, name) })
}

// Corrects goes back to the form, changes one field and submits again.
func Corrects(ctx context.Context, name, label, value string) error {
	return all(func() error { return Revises(ctx, name) }, func() error { return SubmitsWith(ctx, name, label, value) })
}

// SubmitsAfter lets time pass, then submits the form rightly.
func SubmitsAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return SubmitsRightly(ctx, name) })
}
