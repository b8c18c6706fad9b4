package ivr

import (
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/table"
)

// List returns the calls as they stand at now, oldest first. from narrows
// them to one member's telephone; "" does not.
func (b Box) List(from string, now time.Time) []Call {
	calls := make([]Call, 0, b.Calls.Len())
	for i := 1; i <= b.Serial; i++ {
		if c, ok := b.Calls.Get(id(i)); ok && (from == "" || same(from, c.Phone())) {
			calls = append(calls, c.at(now))
		}
	}
	return calls
}

// Latest returns the newest call of a number ("" for any) that was placed
// after the call whose id is given ("" for any); with ended, of those that have
// ended by now.
func (b Box) Latest(from, after string, ended bool, now time.Time) (Call, bool) {
	for i := b.Serial; i > 0 && id(i) != after; i-- {
		c, ok := b.Calls.Get(id(i))
		if c = c.at(now); ok && (from == "" || same(from, c.Phone())) && (!ended || !c.EndedAt.IsZero()) {
			return c, true
		}
	}
	return Call{}, false
}

// Going tells how many calls of a number ("" for any) go on at now, and when the
// next of them ends by itself; the zero time where none does.
func (b Box) Going(from string, now time.Time) (n int, next time.Time) {
	for _, c := range b.List(from, now) {
		if !c.EndedAt.IsZero() {
			continue
		}
		n++
		if lost := c.lostAt(); c.Cut && c.Webhook == "" && (next.IsZero() || lost.Before(next)) {
			next = lost
		}
	}
	return n, next
}

// Forget forgets the calls of a number, every one where it is "", and answers
// with their ids; ids go on counting.
func (b *Box) Forget(from string) (gone []string) {
	for _, c := range b.List(from, time.Time{}) {
		gone = append(gone, c.ID)
	}
	if from == "" {
		b.Calls, b.Bytes = table.Table[Call]{}, 0
		return gone
	}
	for _, id := range gone {
		b.Calls.Delete(id)
	}
	b.Weigh()
	return gone
}

// id is the id of the n-th call.
func id(n int) string { return "call-" + strconv.Itoa(n) }

// same compares numbers however they are written.
func same(a, b string) bool { return digits(a) == digits(b) }

// digits are those of a number in national form.
func digits(number string) string {
	n := strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, number)
	if strings.HasPrefix(number, "+81") {
		return "0" + strings.TrimPrefix(n, "81")
	}
	return n
}
