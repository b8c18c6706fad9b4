package sip

import (
	"net/url"
	"slices"
	"strings"

	wire "github.com/emiago/sipgo/sip"
)

// WorldHeader names the world of a call.
const WorldHeader = "X-Netanswer-World"

// incoming decodes who calls whom, and in which world.
func incoming(q *wire.Request) Incoming {
	in := Incoming{To: called(q), World: worldOf(q), Via: strings.ToUpper(q.Transport())}
	for prefix, withheld := range map[string]bool{"184": true, "186": false} {
		// Dialled before a number, they withhold or tell the caller's.
		if rest, ok := strings.CutPrefix(in.To, prefix); ok && strings.HasPrefix(rest, "0") {
			in.To, in.Withheld = rest, withheld
		}
	}
	for _, h := range q.GetHeaders("P-Asserted-Identity") {
		if in.From == "" {
			in.From = asserted(h.Value())
		}
	}
	if from := q.From(); from != nil {
		if strings.EqualFold(from.Address.User, "anonymous") || strings.EqualFold(from.Address.Host, "anonymous.invalid") {
			in.Withheld = true
		} else if in.From == "" {
			in.From = national(userOf(from.Address))
		}
	}
	for _, h := range q.GetHeaders("Privacy") {
		for word := range strings.SplitSeq(h.Value(), ";") {
			word = strings.ToLower(strings.TrimSpace(word))
			in.Withheld = in.Withheld || slices.Contains([]string{"id", "user", "header"}, word)
		}
	}
	// A caller without a telephone number tells none.
	in.Withheld = in.Withheld || in.From == ""
	return in
}

// called is the number that a request is to, as it is dialled.
func called(q *wire.Request) string { return national(userOf(q.Recipient)) }

// userOf is who an address names: the user of a SIP one, the number of a tel one
// (RFC 3966).
func userOf(a wire.Uri) string {
	if a.Scheme == "tel" {
		return a.Raw()
	}
	return a.User
}

// worldOf is the world that a request names, "" for none.
func worldOf(q *wire.Request) string {
	if all := worldsOf(q); len(all) > 0 {
		return all[0]
	}
	return ""
}

// worldsOf are the worlds that a request names: by its headers, and where there is
// none by the host that it is to.
func worldsOf(q *wire.Request) (all []string) {
	for _, h := range q.GetHeaders(WorldHeader) {
		if world := strings.TrimSpace(h.Value()); !slices.Contains(all, world) {
			all = append(all, world)
		}
	}
	if world, ok := strings.CutSuffix(strings.ToLower(q.Recipient.Host), ".localhost"); ok && all == nil {
		all = append(all, world)
	}
	return all
}

// asserted is the first telephone number in a P-Asserted-Identity, which holds
// one or two addresses (RFC 3325, 9.1).
func asserted(value string) string {
	for address := range strings.SplitSeq(value, ",") {
		if _, inside, ok := strings.Cut(address, "<"); ok {
			address, _, _ = strings.Cut(inside, ">")
		}
		_, rest, ok := strings.Cut(strings.TrimSpace(address), ":") // the scheme
		if !ok {
			continue
		}
		user, _, _ := strings.Cut(rest, "@")
		if number := national(user); number != "" {
			return number
		}
	}
	return ""
}

// national is a telephone number as it is dialled in Japan, digits only; "" for
// what is none.
func national(user string) string {
	if plain, err := url.PathUnescape(user); err == nil { // escaped as RFC 3261, 25.1 has it
		user = plain
	}
	user, _, _ = strings.Cut(user, ";") // parameters of the number
	var digits strings.Builder
	for i, c := range strings.TrimSpace(user) {
		switch {
		case '0' <= c && c <= '9':
			digits.WriteRune(c)
		case c == '+' && i == 0, strings.ContainsRune("-.() ", c):
		default:
			return ""
		}
	}
	number := digits.String()
	rest, japan := strings.CutPrefix(number, "81")
	if japan && (strings.HasPrefix(user, "+") || rest != "" && rest[0] != '0' && (len(rest) == 9 || len(rest) == 10)) {
		number = "0" + strings.TrimPrefix(rest, "0")
	}
	if len(number) < 3 || len(number) > 20 {
		return ""
	}
	return number
}
