package actor

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// cardOf is the row of a table that writes everything that stands on somebody's card:
// 花子さん, or 和子さんの2枚目.
const cardOf = "カード"

// cardNamed is a card by whose it is.
func (s *Scene) cardNamed(name string) (Card, error) {
	called, nth, second := strings.Cut(strings.TrimSuffix(name, "枚目"), "の")
	n := 1
	if second {
		var err error
		if n, err = strconv.Atoi(nth); err != nil {
			return Card{}, fmt.Errorf("「%s」 names no card, as 和子さんの2枚目 does", name)
		}
	}
	p, known := s.Cast[called]
	if !known || n < 1 || n > len(p.Cards) {
		return Card{}, fmt.Errorf("the cast has no card 「%s」", name)
	}
	return p.Cards[n-1], nil
}

// SubmitsCardRows writes the card in the app rightly but for some fields.
func SubmitsCardRows(ctx context.Context, name string, rows [][2]string) error {
	a, phone, err := app(ctx, name)
	if err != nil {
		return err
	}
	c := a.rightCard()
	for _, row := range rows {
		switch row[0] {
		case cardOf:
			named, err := a.scene.cardNamed(row[1])
			if err != nil {
				return err
			}
			c.Number, c.Expiry, c.SecurityCode = named.Number, named.Month+"/"+named.Year, named.SecurityCode
		case "カード番号":
			c.Number = row[1]
		case "有効期限":
			c.Expiry = row[1]
		case "セキュリティコード":
			c.SecurityCode = row[1]
		default:
			return fmt.Errorf("the card has no field 「%s」", row[0])
		}
	}
	return a.see(phone.SubmitCard(ctx, c))
}
