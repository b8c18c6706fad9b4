package suite

import (
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/actor"
)

// chosenPasswords are those that the cast chooses in the scenarios.
var chosenPasswords = []string{"Secret-2026", "Sakura-2026"}

// SecretsOf lists the secrets of the fixtures: card numbers, passwords, and the
// codes that are too short to be looked for without a word before them.
func SecretsOf(members []fixtures.Member) (numbers, passwords, codes []string) {
	passwords = slices.Clone(chosenPasswords)
	for _, m := range members {
		for _, c := range m.Cards {
			numbers = append(numbers, c.Number)
			codes = append(codes, c.SecurityCode, c.PIN)
			if c.Account != nil {
				passwords = append(passwords, c.Account.Password)
			}
		}
	}
	codes = slices.DeleteFunc(codes, func(code string) bool { return code == "" })
	slices.Sort(codes)
	return numbers, passwords, slices.Compact(codes)
}

// MaskSecrets hides what must not stand in a report: card numbers however they
// are grouped, and what follows their first four digits where it stands alone;
// passwords; security codes and PINs where a word says that they are such.
// And others' secrets, whatever they are.
func MaskSecrets(members []fixtures.Member, others []string) func(string) string {
	numbers, passwords, codes := SecretsOf(members)
	passwords = append(passwords, others...)
	known := numbersOf(numbers)
	var pairs []string
	for _, n := range numbers {
		pairs = append(pairs, n[4:], strings.Repeat("*", len(n)-7)+n[len(n)-3:])
	}
	for _, p := range passwords {
		pairs = append(pairs, p, "********")
	}
	rest := strings.NewReplacer(pairs...)
	return func(text string) string {
		text = digitRuns.ReplaceAllStringFunc(text, known.mask)
		return codeAfterWord.ReplaceAllStringFunc(rest.Replace(text), func(found string) string {
			before := strings.TrimRight(found, "0123456789")
			if _, is := slices.BinarySearch(codes, found[len(before):]); !is {
				return found
			}
			return before + "***"
		})
	}
}

// One expression for all numbers or codes there are would be tried at every
// letter of every report, so these only find what may be one.
var (
	digitRuns     = regexp.MustCompile(`\d(?:[ -]?\d){11,}`)
	codeAfterWord = regexp.MustCompile(`(?i:セキュリティコード|暗証番号|ソフトウェアキーボード|security_?code|\bpin\b)[^0-9\n]{0,24}?\b\d{3,4}\b`)
)

// knownNumbers are card numbers, and the lengths that they have.
type knownNumbers struct {
	numbers map[string]bool
	lengths []int
}

func numbersOf(numbers []string) knownNumbers {
	k := knownNumbers{numbers: map[string]bool{}}
	for _, n := range numbers {
		k.numbers[n] = true
		k.lengths = append(k.lengths, len(n))
	}
	slices.Sort(k.lengths)
	k.lengths = slices.Compact(k.lengths)
	return k
}

// mask masks the numbers in a run of digits, which may have more before and
// after them.
func (k knownNumbers) mask(run string) string {
	var at []int // where each digit stands
	var digits strings.Builder
	for i, c := range run {
		if c != ' ' && c != '-' {
			at = append(at, i)
			digits.WriteRune(c)
		}
	}
	only := digits.String()
	var out strings.Builder
	written := 0
	for i := 0; i < len(only); i++ {
		for _, n := range k.lengths {
			if i+n <= len(only) && k.numbers[only[i:i+n]] {
				out.WriteString(run[written:at[i]] + actor.Masked(only[i:i+n]))
				written = at[i+n-1] + 1
				i += n - 1
				break
			}
		}
	}
	return out.String() + run[written:]
}
