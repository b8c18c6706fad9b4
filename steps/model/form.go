package model

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/netanswer/fixtures"
)

// A told is a sentence said of a field, or of everything where field is "".
type told struct{ field, text, rule string }

// check says what is wrong with a form by itself.
func (w *World) check(f form) (all []told) {
	all = w.checkCard(f, "クレジットカード番号")
	all = append(all, w.credential("NetアンサーID", f.id, w.Policy.IDMin, w.Policy.IDMax, "p29-1")...)
	all = append(all, w.credential("Netアンサーパスワード", f.password, w.Policy.PasswordMin, w.Policy.PasswordMax, "p29-2")...)
	if w.Policy.EqualID == "refuse" && f.password != "" && strings.EqualFold(f.id, f.password) {
		all = append(all, told{"Netアンサーパスワード", w.Say("error.id_equal_password"), "a-05"})
	}
	switch {
	case f.confirmation == "":
		all = append(all, told{"確認用パスワード", w.Say("error.required"), "p29-5"})
	case f.confirmation != f.password:
		all = append(all, told{"確認用パスワード", w.Say("error.password_mismatch"), "p29-5"})
	}
	if f.pc == "" && f.mobile == "" {
		all = append(all, told{"パソコン", w.Say("error.email_one"), "p30-1"})
	}
	for _, e := range [][2]string{{"パソコン", f.pc}, {"携帯電話・スマートフォン", f.mobile}} {
		if e[1] != "" && !address(e[1]) {
			all = append(all, told{e[0], w.Say("error.email_form"), "a-13"})
		}
	}
	return all
}

// checkCard says what is wrong with what was written of a card (p12, p26 to p28).
func (w *World) checkCard(f form, number string) (all []told) {
	amex := strings.HasPrefix(f.number, "34") || strings.HasPrefix(f.number, "37")
	length, code, rule := 16, w.Policy.Code, "p28-1"
	if amex {
		length, code, rule = 15, w.Policy.CodeAmex, "p28-2"
	}
	switch {
	case f.number == "":
		all = append(all, told{number, w.Say("error.required"), "p26-2"})
	case digits(f.number) != f.number:
		all = append(all, told{number, w.Say("error.card_number_characters"), "p26-2"})
	case len(f.number) != length:
		all = append(all, told{number, w.Say("error.card_number_length"), "p26-3"})
	}
	month, errM := strconv.Atoi(f.month)
	year, errY := strconv.Atoi(f.year)
	switch {
	case f.month == "" && f.year == "":
		all = append(all, told{"有効期限", w.Say("error.required"), "p27-1"})
	case errM != nil || errY != nil || len(f.month) != 2 || len(f.year) != 2 || month < 1 || month > 12:
		all = append(all, told{"有効期限", w.Say("error.expiry_form"), "p27-1"})
	case !w.Now.Before(time.Date(2000+year, time.Month(month)+1, 1, 0, 0, 0, 0, w.Now.Location())):
		all = append(all, told{"有効期限", w.Say("error.expiry_past"), "a-02"})
	}
	switch {
	case f.code == "":
		all = append(all, told{"セキュリティコード", w.Say("error.required"), rule})
	case digits(f.code) != f.code || len(f.code) != code:
		all = append(all, told{"セキュリティコード", w.Say("error.security_code_form", "digits", strconv.Itoa(code)), rule})
	}
	return all
}

// credential says what is wrong with an ID or a password (p16, p29).
func (w *World) credential(field, v string, low, high int, rule string) (all []told) {
	if v == "" {
		return []told{{field, w.Say("error.required"), rule}}
	}
	letters := strings.ContainsFunc(v, func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' })
	other := strings.ContainsFunc(v, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune(w.Policy.Symbols, c))
	})
	if !letters {
		all = append(all, told{field, w.Say("error.credential_letter"), "p16-2"})
	}
	if digits(v) == "" {
		all = append(all, told{field, w.Say("error.credential_digit"), "p16-3"})
	}
	if other {
		all = append(all, told{field, w.Say("error.credential_characters", "symbols", w.Policy.Symbols), "p16-4"})
	}
	if n := utf8.RuneCountInString(v); n < low || n > high {
		all = append(all, told{field, w.Say("error.credential_length", "min", strconv.Itoa(low), "max", strconv.Itoa(high)), "p16-5"})
	}
	return all
}

// address tells whether an address is well formed, as far as walks try it (a-13).
func address(v string) bool {
	local, domain, ok := strings.Cut(v, "@")
	if !ok || local == "" || strings.Contains(domain, "@") || !strings.Contains(domain, ".") || strings.HasPrefix(domain, "-") ||
		strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(domain, "..") ||
		strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	return !strings.ContainsFunc(v, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`()<>,;:\"[]`, c) })
}

// refuses says why the card of a form that is right by itself is not taken, as the
// issuer knows it (a-01, p26-4, p26-5).
func (w *World) refuses(f form, number string) (p Person, n int, why []told) {
	p, n, ok := w.holder(f.number)
	if ok {
		c := p.Cards[n]
		ok = c.Expiry == f.month+"/"+f.year && c.SecurityCode == f.code
	}
	if !ok {
		return p, n, []told{{number, w.Say("error.card_unverified"), "a-01"}}
	}
	switch p.Cards[n].Product {
	case "corporate":
		return p, n, []told{{number, w.Say("error.corporate_card"), "p26-4"}}
	case "club_on":
		return p, n, []told{{number, w.Say("error.other_registration"), "p26-5"}}
	}
	return p, n, nil
}

// personal are the fields that contain what anybody may know of the holder of the
// card: the birthday, the end of the telephone's number, an address (p29-3).
func personal(f form, holder Person) (fields []string) {
	var fragments []string
	if date := digits(holder.Birth); len(date) == 8 {
		fragments = append(fragments, date[4:])
	}
	if phone := digits(holder.Phone); len(phone) >= 4 {
		fragments = append(fragments, phone[len(phone)-4:])
	}
	for _, a := range []string{f.pc, f.mobile, holder.Email} {
		local, _, _ := strings.Cut(a, "@")
		if local = bare(local); len(local) >= 4 {
			fragments = append(fragments, local)
		}
	}
	for _, field := range [][2]string{{"NetアンサーID", f.id}, {"Netアンサーパスワード", f.password}} {
		for _, fragment := range fragments {
			if strings.Contains(bare(field[1]), fragment) {
				fields = append(fields, field[0])
				break
			}
		}
	}
	return fields
}

func bare(s string) string {
	return strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, strings.ToLower(s))
}

// barred tells whether the issuer bars a card (p35-6).
func barred(c fixtures.Card) bool { return c.Status != "" && c.Status != "active" }

// masked hides a telephone or an address (p34-2, a-25), or a card's number (p33-1):
// the zeros before the first star are the first digits, those behind the last ones.
func masked(mask, v string) string {
	if local, domain, ok := strings.Cut(v, "@"); ok {
		return local[:1] + "*****@" + domain
	}
	v = digits(v)
	star := strings.IndexByte(mask, '*')
	head, tail := strings.Count(mask[:star], "0"), strings.Count(mask[star:], "0")
	shown := v[:head] + v[len(v)-tail:]
	return strings.Map(func(c rune) rune {
		if c == '0' {
			c, shown = rune(shown[0]), shown[1:]
		}
		return c
	}, mask)
}
