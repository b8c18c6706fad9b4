package defect

import (
	"context"
	"strconv"
	"strings"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// The defects of the files kinds*.go stand beside what a scenario of the ordinary
// looks at: another brand, another digit, the second time, the other channel, the
// field that was not changed, the policy that is not the default.

// brands are those of the test cards.
var brands = []string{"visa", "mastercard", "jcb", "amex"}

// named are brands as a person writes them.
var named = map[string]string{"visa": "VISA", "mastercard": "Mastercard", "jcb": "JCB", "amex": "AMEX"}

// ordinals name places in a code.
var ordinals = []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// placed is a text with the letter at a place taken from another of the same length.
func placed(text, right string, at int) string {
	if len(text) != len(right) || at >= len(right) {
		return text
	}
	return text[:at] + right[at:at+1] + text[at+1:]
}

// cardOf is the issuer's card of a number, in a state that may only be looked at.
func cardOf(ctx context.Context, i issuerPort, name, number string) (c issuer.Card) {
	err := i.change(ctx, name, func(st *world.State, _ time) { c, _ = st.Issuer.Find(number) })
	_ = err // without a world there is no card either
	return c
}

// An issuerPort is the issuer as a defect finds it.
type issuerPort struct {
	world.Issuer
	change changer
}

// verifying changes what is asked of the issuer about a card.
func verifying(ask func(card issuer.Card, c *world.CardQuestion)) func(world.Ports, changer) world.Ports {
	return byIssuer(func(i issuerDefect) issuerDefect {
		next := issuerPort{i.Issuer, i.change}
		i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
			ask(cardOf(ctx, next, name, c.CardNumber), &c)
			return next.Verify(ctx, name, c)
		}
		return i
	})
}

func digitsOfCodes() (all []world.Defect) {
	for n, place := range ordinals[:6] {
		all = append(
			all,
			world.Defect{Name: "passcode-" + place + "-digit-ignored", Rules: rules("a-06"), Says: "パスコードの" + strconv.Itoa(n+1) + "桁目を比べない",
				Entered: enter(func(m *world.Snapshot, in *world.PasscodeEntry) {
					if r, ok := m.Registrations.Get(in.Registration); ok {
						in.Code = placed(in.Code, r.Passcode.Code, n)
					}
				})},
		)
	}
	for n, place := range ordinals[:4] {
		all = append(
			all,
			world.Defect{Name: "pin-" + place + "-digit-ignored", Rules: rules("a-09"), Says: "暗証番号の" + strconv.Itoa(n+1) + "桁目を比べない",
				Ports: byIssuer(func(i issuerDefect) issuerDefect {
					next := issuerPort{i.Issuer, i.change}
					i.checkPIN = func(ctx context.Context, name, number, pin string) (registration.PINAnswer, error) {
						return next.CheckPIN(ctx, name, number, placed(pin, cardOf(ctx, next, name, number).PIN, n))
					}
					return i
				})},
		)
		for _, amex := range []bool{false, true} {
			if n == 3 && !amex {
				continue
			}
			name, brand := "code-"+place+"-digit-ignored", "AMEX以外の"
			if amex {
				name, brand = "amex-code-"+place+"-digit-ignored", "AMEXの"
			}
			all = append(all, world.Defect{Name: name, Rules: rules("a-01"), Says: brand + "セキュリティコードの" + strconv.Itoa(n+1) + "桁目を比べない",
				Ports: verifying(func(card issuer.Card, c *world.CardQuestion) {
					if (card.Brand == "amex") == amex {
						c.SecurityCode = placed(c.SecurityCode, card.SecurityCode, n)
					}
				})})
		}
	}
	for _, brand := range brands {
		all = append(all, world.Defect{Name: brand + "-code-not-compared", Rules: rules("a-01"), Says: named[brand] + "のセキュリティコードを比べない",
			Ports: verifying(func(card issuer.Card, c *world.CardQuestion) {
				if card.Brand == brand {
					c.SecurityCode = card.SecurityCode
				}
			})})
	}
	for _, n := range []int{0, 5, 9} {
		all = append(
			all,
			world.Defect{
				Name:  "password-" + ordinals[n] + "-letter-ignored",
				Rules: rules("a-20"),
				Says:  "パスワードの" + strconv.Itoa(n+1) + "文字目を比べない",
				Entered: enter(func(m *world.Snapshot, in *world.LoginEntry) {
					for _, c := range m.Issuer.Cards.All() {
						if c.Account != nil && strings.EqualFold(c.Account.NetAnswerID, in.ID) {
							in.Password = placed(in.Password, c.Account.Password, n)
						}
					}
				}),
			},
		)
	}
	return append(all, world.Defect{Name: "login-id-case-matters", Rules: rules("a-28"), Says: "ログインのときNetアンサーIDの大文字と小文字を区別する",
		Entered: enter(func(m *world.Snapshot, in *world.LoginEntry) {
			if a, ok := m.Accounts.Accounts.Get(strings.ToLower(in.ID)); ok && a.NetAnswerID != in.ID {
				in.ID = "nobody-" + in.ID
			}
		})})
}

// people are what goes wrong for some of them only.
func people() (all []world.Defect) {
	for _, brand := range brands {
		all = append(all, world.Defect{Name: brand + "-sms-to-somebody-else", Rules: rules("p34-1"), Says: named[brand] + "の会員のSMSが別の会員に届く",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
					h, ok, err := next.Verify(ctx, name, c)
					if h.Brand == brand && registration.Mobile(h.Phone) {
						h.Phone = h.Phone[:len(h.Phone)-1] + string('0'+(h.Phone[len(h.Phone)-1]-'0'+1)%10)
					}
					return h, ok, err
				}
				return i
			})},
			enrolling(brand+"-not-enrolled", named[brand]+"のカードを本人認証サービスに登録しない", func(c issuer.Card) bool { return c.Brand == brand }),
			standings(brand+"-points-wrong", "p38-1", named[brand]+"のカードのポイントが1だけ違う", func(c issuer.Card, s *world.Standing) {
				if c.Brand == brand {
					s.Points++
				}
			}))
	}
	for _, prefix := range []struct{ digits, name string }{{"070", "seventy"}, {"080", "eighty"}} {
		all = append(all, world.Defect{Name: prefix.name + "-is-no-mobile", Rules: rules("a-19"), Says: prefix.digits + "を携帯電話と扱わない",
			Ports: holding(func(h *registration.Holder) {
				if strings.HasPrefix(h.Phone, prefix.digits) {
					h.Phone = "03" + h.Phone[3:]
				}
			})})
	}
	return append(
		all,
		enrolling(
			"call-not-enrolled",
			"電話で確認したカードを本人認証サービスに登録しない",
			func(c issuer.Card) bool { return c.Phone != "" && !registration.Mobile(c.Phone) },
		),
		enrolling("mail-not-enrolled", "メールで確認したカードを本人認証サービスに登録しない", func(c issuer.Card) bool { return c.Phone == "" }),
		standings("second-card-has-first-points", "p38-1", "2枚目のカードに1枚目のポイントが出る", func(c issuer.Card, s *world.Standing) {
			if c.Number == "3530110000010082" {
				s.Points = 300
			}
		}),
	)
}

// enrolling leaves some cards out of 3-D Secure.
func enrolling(name, says string, out func(issuer.Card) bool) world.Defect {
	return world.Defect{Name: name, Rules: rules("p31-4"), Says: says, Ports: byIssuer(func(i issuerDefect) issuerDefect {
		next := issuerPort{i.Issuer, i.change}
		i.enrol = func(ctx context.Context, world, number string) error {
			if out(cardOf(ctx, next, world, number)) {
				return nil
			}
			return next.Enrol(ctx, world, number)
		}
		return i
	})}
}

// standings changes what a member sees of a card after log-in, by the card.
func standings(name, rule, says string, change func(issuer.Card, *world.Standing)) world.Defect {
	return world.Defect{
		Name:  name,
		Rules: rules(strings.Fields(rule)...),
		Says:  says,
		Ports: func(ports world.Ports, do changer) world.Ports {
			ports.Issuer = standingOf{ports.Issuer, func(ctx context.Context, name, number string, s *world.Standing) {
				change(cardOf(ctx, issuerPort{nil, do}, name, number), s)
			}}
			return ports
		},
	}
}

// A standingOf is an issuer whose answers about a card's standing are others.
type standingOf struct {
	world.Issuer
	change func(ctx context.Context, name, number string, s *world.Standing)
}

func (i standingOf) Standing(ctx context.Context, name, number string) (world.Standing, error) {
	s, err := i.Issuer.Standing(ctx, name, number)
	if err == nil {
		i.change(ctx, name, number, &s)
	}
	return s, err
}
