package main

import (
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
)

// chosenPasswords are those that the cast chooses in the scenarios.
var chosenPasswords = []string{"Secret-2026", "Sakura-2026"}

// secretOf lists the secrets of the fixtures: card numbers, passwords, and the
// codes that are too short to be looked for without a word before them.
func secretsOf(members []fixtures.Member) (numbers, passwords, codes []string) {
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

// maskSecrets hides what must not stand in a report: card numbers however they
// are grouped, and what follows their first four digits where it stands alone;
// passwords; security codes and PINs where a word says that they are such.
// And others' secrets, whatever they are.
func maskSecrets(members []fixtures.Member, others []string) func(string) string {
	numbers, passwords, codes := secretsOf(members)
	passwords = append(passwords, others...)
	var pairs, grouped []string
	for _, n := range numbers {
		grouped = append(grouped, strings.Join(strings.Split(n, ""), `[ -]?`))
		pairs = append(pairs, n[4:], strings.Repeat("*", len(n)-7)+n[len(n)-3:])
	}
	for _, p := range passwords {
		pairs = append(pairs, p, "********")
	}
	number := regexp.MustCompile(strings.Join(grouped, "|"))
	code := regexp.MustCompile(`((?i:セキュリティコード|暗証番号|ソフトウェアキーボード|security_?code|\bpin\b)[^0-9\n]{0,24}?)\b(` + strings.Join(codes, "|") + `)\b`)
	rest := strings.NewReplacer(pairs...)
	return func(text string) string {
		text = number.ReplaceAllStringFunc(text, func(n string) string {
			return masked(strings.NewReplacer(" ", "", "-", "").Replace(n))
		})
		return code.ReplaceAllStringFunc(rest.Replace(text), func(found string) string {
			return strings.TrimRight(found, "0123456789") + "***"
		})
	}
}
