package actor

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// HasTexts expects so many SMS on the person's phone.
func HasTexts(ctx context.Context, name, often string) error {
	want, err := strconv.Atoi(often)
	if err != nil {
		return fmt.Errorf("「%s」 is no number of SMS", often)
	}
	texts, err := texts(ctx, name)
	if err != nil {
		return err
	}
	judges(ctx)
	if len(texts) != want {
		return fmt.Errorf("%sに届いたSMSは%d通のはずが%d通です", name, want, len(texts))
	}
	return nil
}

func texts(ctx context.Context, name string) ([]Message, error) {
	a, err := act(ctx, name)
	if err != nil {
		return nil, err
	}
	return a.scene.Around.Texts(ctx, a.scene.World.Name, a.Phone)
}

// GetsCodeByText expects an SMS with a passcode of so many digits.
func GetsCodeByText(ctx context.Context, name string, digits int) error {
	if err := receive(ctx, name, Surroundings.NextText, phoneOf); err != nil {
		return err
	}
	return digitsOfCode(ctx, digits)
}

// GetsCodeByMail expects a mail with a passcode of so many digits.
func GetsCodeByMail(ctx context.Context, name string, digits int) error {
	if err := receive(ctx, name, Surroundings.NextMail, emailOf); err != nil {
		return err
	}
	return digitsOfCode(ctx, digits)
}

func digitsOfCode(ctx context.Context, digits int) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	code, err := a.passcode()
	if err == nil && len(code) != digits {
		return fmt.Errorf("パスコードは%d桁のはずが%d桁です", digits, len(code))
	}
	return err
}

var sixZeros = regexp.MustCompile(`0{4,}`)

// TextReads expects the newest SMS to the letter; a row of zeros in what is
// expected stands for the passcode.
func TextReads(ctx context.Context, name, want string) error {
	got, err := texts(ctx, name)
	if err != nil {
		return err
	}
	if len(got) == 0 {
		return errors.New(name + "にSMSは届いていません")
	}
	judges(ctx)
	m := got[len(got)-1]
	want = sixZeros.ReplaceAllLiteralString(strings.TrimSpace(want), m.Passcode)
	return equal("SMSの文面", want, m.Body)
}

// SubjectIs expects the newest mail to the person to have that subject, and
// makes it the one that is spoken of.
func SubjectIs(ctx context.Context, name, want string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if err := mails(ctx, a.Email, -1); err != nil {
		return err
	}
	a.scene.found(ctx)
	return equal("件名", want, a.scene.mail.Subject)
}

// HasMails expects so many mails at an address, and makes the newest the one
// that is spoken of.
func HasMails(ctx context.Context, address string, want int) error {
	address, err := Value(ctx, address)
	if err != nil {
		return err
	}
	judges(ctx)
	return mails(ctx, address, want)
}

func mails(ctx context.Context, address string, want int) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	got, err := s.Around.Mails(ctx, s.World.Name, address)
	if err != nil {
		return err
	}
	if want >= 0 && len(got) != want {
		return fmt.Errorf("「%s」に届いたメールは%d通のはずが%d通です", address, want, len(got))
	}
	if len(got) == 0 {
		if want == 0 {
			return nil
		}
		return fmt.Errorf("「%s」にメールは届いていません", address)
	}
	s.mail = got[len(got)-1]
	return nil
}

// MailFrom expects the sender of the mail that is spoken of.
func MailFrom(ctx context.Context, want string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	s.found(ctx)
	return equal("差出人", want, s.mail.From)
}

// MailReads expects sentences in the mail that is spoken of.
func MailReads(ctx context.Context, sentences []string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	want, err := s.missing(ctx, s.mail.Body, sentences)
	if err != nil || want == "" {
		return err
	}
	return fmt.Errorf("メールに「%s」がありません。%s", want, nearest(s.mail.Body, want))
}

// IsEnrolled expects the person's card to have been enrolled in 3-D Secure so
// many times.
func IsEnrolled(ctx context.Context, name string, want int) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	got, err := a.scene.Around.Enrolments(ctx, a.scene.World.Name, a.Cards[a.card].Number)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if got != want {
		return fmt.Errorf("本人認証サービスへの登録は%d回のはずが%d回です", want, got)
	}
	return nil
}

// IsNotRecorded expects a secret nowhere in what the surroundings recorded.
func IsNotRecorded(ctx context.Context, secret string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	records, err := s.Around.Records(ctx, s.World.Name)
	if err != nil {
		return err
	}
	s.found(ctx)
	if strings.Contains(records, secret) {
		return errors.New("記録に残っています")
	}
	return nil
}
