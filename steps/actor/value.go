package actor

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
)

// Value is what a text of a scenario stands for: what is somebody's is put in
// the place of its name.
func Value(ctx context.Context, text string) (string, error) {
	s, err := In(ctx)
	if err != nil {
		return "", err
	}
	if reference.MatchString(text) {
		return s.value(text)
	}
	text = embedded.ReplaceAllStringFunc(text, func(found string) string {
		value, wrong := s.value(strings.Trim(found, "『』"))
		if wrong != nil {
			err = wrong
		}
		return value
	})
	return text, err
}

// inMembers is how a target.yaml calls what is somebody's.
var inMembers = map[string]string{"カード番号": "card", "有効期限": "expiry", "セキュリティコード": "code", "暗証番号": "pin", "電話番号": "phone",
	"メールアドレス": "email", "登録のメールアドレス": "email", "NetアンサーID": "id", "パスワード": "password", "ポイント": "points"}

func (s *Scene) value(name string) (string, error) {
	parts := reference.FindStringSubmatch(name)
	if parts == nil {
		return "", fmt.Errorf("「%s」 names nothing that is somebody's", name)
	}
	p, known := s.Cast[parts[1]]
	if !known {
		return "", fmt.Errorf("the cast has no %s", parts[1])
	}
	s.mu.Lock()
	if a := s.actors[parts[1]]; a != nil {
		p = a.Person // who may have chosen another ID
	}
	s.mu.Unlock()
	n := 0
	if parts[2] != "" {
		n = 1
	}
	if n >= len(p.Cards) {
		return "", fmt.Errorf("%s has %d cards", parts[1], len(p.Cards))
	}
	value := map[string]string{"カード番号": p.Cards[n].Number, "有効期限": p.Cards[n].Month + "/" + p.Cards[n].Year,
		"セキュリティコード": p.Cards[n].SecurityCode,
		"暗証番号":      p.Cards[n].PIN, "電話番号": p.Phone, "メールアドレス": p.address(), "登録のメールアドレス": p.Email, "NetアンサーID": p.ID, "パスワード": p.Password,
		"ポイント": p.Cards[n].Points}[parts[3]]
	if value == "" {
		return "", fmt.Errorf(
			"%w: %sの%sが members にありません。たずねるには members: [{called: %s, %s: …}]",
			driver.ErrInapplicable,
			parts[1],
			parts[3],
			parts[1],
			inMembers[parts[3]],
		)
	}
	return shaped(value, parts[3], parts[4])
}

// shaped is a value in the shape that a scenario names.
func shaped(value, what, shape string) (string, error) {
	if at := digitAt.FindStringSubmatch(shape); at != nil {
		n, err := strconv.Atoi(at[1] + at[2])
		if err != nil {
			return "", err
		}
		return changed(value, n)
	}
	switch shape {
	case "":
		if what == "ポイント" {
			return grouped(digits(value)) + " ポイント", nil
		}
		return value, nil
	case "を伏せた形":
		switch what {
		case "カード番号":
			return Masked(value), nil
		case "電話番号":
			return "*****" + value[max(0, len(value)-4):], nil
		case "パスワード":
			return "*****", nil
		case "メールアドレス":
			_, domain, _ := strings.Cut(value, "@")
			return value[:1] + "*****@" + domain, nil
		}
	case "を区切った形":
		if what == "カード番号" {
			return strings.Join([]string{value[:4], value[4:8], value[8:12], value[12:]}, "-"), nil
		}
	case "より1桁少ない番号", "の1桁足りない形":
		return value[:len(value)-1], nil
	case "の途中の4桁を全角にしたもの", "の途中の4桁が全角の形":
		if what == "カード番号" {
			return value[:4] + strings.Map(func(digit rune) rune { return digit - '0' + '０' }, value[4:8]) + value[8:], nil
		}
	case "に1桁加えた番号", "に1桁加えた形":
		return value + "1", nil
	case "と1文字違うもの", "の1文字違う形":
		if month, year, ok := strings.Cut(value, "/"); ok { // one that is not over either
			n, err := strconv.Atoi(year)
			return fmt.Sprintf("%s/%02d", month, n+1), err
		}
		return other(value), nil
	case "の月が違う形":
		if month, err := time.Parse("01/06", value); err == nil {
			return time.Date(month.Year(), month.Month()%12+1, 1, 0, 0, 0, 0, time.UTC).Format("01/06"), nil
		}
	case "と終わりの4桁だけが同じもの":
		if what == "電話番号" {
			return endingAlike(value), nil
		}
	case "を大文字で始めたもの", "を大文字で始めた形":
		return strings.ToUpper(value[:1]) + value[1:], nil
	}
	return "", fmt.Errorf("「%s」 has no shape 「%s」", what, shape)
}

// endingAlike is a telephone at another place whose number ends like this one.
func endingAlike(phone string) string {
	end := phone[max(0, len(phone)-4):]
	if elsewhere := "06-0000-" + end; strings.ReplaceAll(elsewhere, "-", "") != strings.ReplaceAll(phone, "-", "") {
		return elsewhere
	}
	return "03-0000-" + end
}

// digitAt is a shape in which one digit is wrong.
var digitAt = regexp.MustCompile(`^(?:と(\d+)桁目だけが違うもの|の(\d+)桁目が違う形)$`)

// grouped is a number with a comma before each three digits.
func grouped(number string) string {
	for at := len(number) - 3; at > 0; at -= 3 {
		number = number[:at] + "," + number[at:]
	}
	return number
}

// address is the mail address that the person writes.
func (p Person) address() string {
	if p.Email == "" {
		return fixtures.AddressOf(p.Called)
	}
	return p.Email
}
