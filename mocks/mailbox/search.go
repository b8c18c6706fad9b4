package mailbox

import (
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Search returns what is in the mailboxes at now and has every word of
// words in its sender, recipient, subject or what is seen of its text, in the
// order it came there, as a person takes words for the same. to narrows it to one
// address.
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
		if !likely && !n.MayBeIn(m) {
			return false
		}
		if head, body := m.looked(); !strings.Contains(body, n.word) && !strings.Contains(head, n.word) && !n.In(m.To) {
			return false
		}
	}
	return true
}

// A Word is a text to be found, in whatever case, width, kana and normal form.
type Word struct {
	word string
	sign *sign
}

// NewWord returns a text to be found; spaces in it count.
func NewWord(word string) Word {
	n := Word{word: fold(word), sign: &sign{}}
	n.sign.write(n.word)
	return n
}

// MayBeIn is false where the word is in no header, recipient or text of a mail,
// which is told at once; else it has to be looked for.
func (n Word) MayBeIn(m *Mail) bool { return m.sign.has(n.sign) }

// In tells whether the word is in a text.
func (n Word) In(text string) bool { return strings.Contains(fold(text), n.word) }

// InBody tells whether the word is in what is read of a mail, and InHead whether
// it is in its subject or sender.
func (n Word) InBody(m *Mail) bool {
	_, body := m.looked()
	return strings.Contains(body, n.word)
}

// InHead is told above.
func (n Word) InHead(m *Mail) bool {
	head, _ := m.looked()
	return strings.Contains(head, n.word)
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
