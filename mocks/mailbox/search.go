package mailbox

import (
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Search returns what is in the mailboxes at now and has every word of
// words in its sender, recipient, subject or text, in the order it came there.
// Case does not count in Latin letters. to narrows it to one address.
func (b Box) Search(words, to string, now time.Time) []Mail {
	var all []Word
	for w := range strings.FieldsFuncSeq(words, unicode.IsSpace) {
		all = append(all, NewWord(w))
	}
	hit := false // where one mail has it, the next is looked into without asking its sign
	return b.list(to, now, func(m *Mail) bool {
		hit = m.has(all, hit)
		return hit
	})
}

func (m *Mail) has(all []Word, likely bool) bool {
	for _, n := range all {
		if !likely && !n.MayBeIn(m) || !n.In(m.Subject) && !n.In(m.From) && !n.In(m.To) && !n.In(m.Text) && !n.In(m.HTML) {
			return false
		}
	}
	return true
}

// A Word is a text to be found. One without letters of two cases is found as it
// is, which is much faster.
type Word struct {
	word  string
	cased bool
	first [2]rune // its first character in both cases
	sign  *sign
}

// NewWord returns a text to be found; spaces in it count.
func NewWord(word string) Word {
	n := Word{word: word, sign: &sign{}}
	n.sign.write(word)
	for _, c := range word {
		if unicode.ToLower(c) != unicode.ToUpper(c) {
			n.cased = true
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	n.first = [2]rune{unicode.ToLower(first), unicode.ToUpper(first)}
	return n
}

// MayBeIn is false where the word is in no header, recipient or text of a mail,
// which is told at once; else it has to be looked for.
func (n Word) MayBeIn(m *Mail) bool { return m.sign.has(n.sign) }

// In tells whether the word is in a text, in whatever case.
func (n Word) In(text string) bool {
	if !n.cased {
		return strings.Contains(text, n.word)
	}
	// The text is looked through by the needle's first character in both cases,
	// each of which is looked for once from where it was found last.
	next := [2]int{-1, -1} // where each is, at or after at; len(text) for nowhere
	for at := 0; ; at++ {
		for i, c := range n.first {
			if next[i] < at {
				if next[i] = len(text); at < len(text) {
					if found := strings.IndexRune(text[at:], c); found >= 0 {
						next[i] = at + found
					}
				}
			}
		}
		if at = min(next[0], next[1]); at >= len(text) {
			return false
		}
		if len(text)-at >= len(n.word) && strings.EqualFold(text[at:at+len(n.word)], n.word) {
			return true
		}
	}
}

// Find returns a mail by its id, if it is in a mailbox at now. Ids count
// up, and mails stand in their order.
func (b Box) Find(id string, now time.Time) (Mail, bool) {
	want := serial(id)
	i := sort.Search(len(b.Mails), func(i int) bool { return serial(b.Mails[i].ID) >= want })
	if i < len(b.Mails) && b.Mails[i].ID == id && !b.Mails[i].DeliveredAt.After(now) {
		return b.judged(i, now), true
	}
	return Mail{}, false
}

// serial is the number in an id; 0 in what is none.
func serial(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "mail-"))
	return n
}
