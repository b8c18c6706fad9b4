package actor

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An overview tells everything that arrived, whoever it was for. Surroundings that
// are none are asked for each of the cast.
type overview interface {
	AllTexts(ctx context.Context, world string) ([]Message, error)
	AllMails(ctx context.Context, world string) ([]Message, error)
}

// AllTexts implements overview.
func (s Providers) AllTexts(ctx context.Context, world string) ([]Message, error) {
	return s.Texts(ctx, world, "")
}

// AllMails implements overview.
func (s Providers) AllMails(ctx context.Context, world string) ([]Message, error) {
	return s.Mails(ctx, world, "")
}

// TextsAre expects just so many SMS for each of these people, and none for anybody
// else: rows of a person and a number.
func TextsAre(ctx context.Context, rows [][2]string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	judges(ctx)
	got := map[string]int{}
	owners := map[string]string{}
	for called, p := range s.Cast {
		if p.Phone != "" {
			owners[digitsOf(p.Phone)] = called
		}
	}
	if all, ok := s.Around.(overview); ok {
		found, err := all.AllTexts(ctx, s.World.Name)
		if err != nil {
			return err
		}
		for _, m := range found {
			who, known := owners[digitsOf(m.To)]
			if !known {
				who = m.To
			}
			got[who]++
		}
		return counted("SMS", rows, got)
	}
	for called, p := range s.Cast {
		if p.Phone == "" {
			continue
		}
		found, err := s.arrived(ctx, Surroundings.Texts, Surroundings.NextText, p.Phone, wanted(rows, called))
		if err != nil {
			return err
		}
		got[called] = len(found)
	}
	return counted("SMS", rows, got)
}

// MailsAre expects just so many mails for each of these addresses, and none for any
// other: rows of an address and a number.
func MailsAre(ctx context.Context, rows [][2]string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i][0], err = Value(ctx, rows[i][0]); err != nil {
			return err
		}
	}
	judges(ctx)
	got := map[string]int{}
	if all, ok := s.Around.(overview); ok {
		found, err := all.AllMails(ctx, s.World.Name)
		if err != nil {
			return err
		}
		for _, m := range found {
			got[m.To]++
			s.mail = m // the newest is the one that is spoken of
		}
		return counted("メール", rows, got)
	}
	asked := map[string]bool{}
	for _, row := range rows {
		asked[row[0]] = true
	}
	for _, p := range s.Cast {
		if p.Email != "" {
			asked[p.Email] = true
		}
	}
	for address := range asked {
		found, err := s.arrived(ctx, Surroundings.Mails, Surroundings.NextMail, address, wanted(rows, address))
		if err != nil {
			return err
		}
		if got[address] = len(found); len(found) > 0 && len(rows) > 0 && address == rows[0][0] {
			s.mail = found[len(found)-1] // what is asked first is spoken of
		}
	}
	return counted("メール", rows, got)
}

// wanted is how many messages a row expects for somebody; what is no number is
// told of later.
func wanted(rows [][2]string, who string) int {
	for _, row := range rows {
		if n, err := strconv.Atoi(strings.TrimSuffix(row[1], "通")); err == nil && row[0] == who {
			return n
		}
	}
	return 0
}

// counted compares how much arrived for whom.
func counted(what string, rows [][2]string, got map[string]int) error {
	var wrong []string
	for _, row := range rows {
		want, err := strconv.Atoi(strings.TrimSuffix(row[1], "通"))
		if err != nil {
			return fmt.Errorf("「%s」は数ではありません", row[1])
		}
		if got[row[0]] != want {
			wrong = append(wrong, fmt.Sprintf("%sに届いた%sは%d通のはずが%d通です", row[0], what, want, got[row[0]]))
		}
		delete(got, row[0])
	}
	for who, n := range got {
		if n > 0 {
			wrong = append(wrong, fmt.Sprintf("%sに%sが%d通届いています", who, what, n))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("%s", strings.Join(wrong, "、"))
}

func digitsOf(s string) string {
	return strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, s)
}

// MailSubjectIs expects the subject of the mail that is spoken of.
func MailSubjectIs(ctx context.Context, want string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	return equal("件名", want, s.mail.Subject)
}

// CardIsEnrolled expects the n-th card of somebody to have been enrolled in 3-D
// Secure so many times.
func CardIsEnrolled(ctx context.Context, called string, n, want int) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	p, known := s.Cast[called]
	if !known || n < 1 || n > len(p.Cards) {
		return fmt.Errorf("the cast has no card %d of %s", n, called)
	}
	got, err := s.Around.Enrolments(ctx, s.World.Name, p.Cards[n-1].Number)
	if err == nil && got != want {
		err = fmt.Errorf("本人認証サービスへの登録は%d回のはずが%d回です", want, got)
	}
	return err
}
