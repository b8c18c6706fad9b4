package world

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
)

// A Source makes what must not be guessed.
type Source interface {
	ID() string    // of a registration
	Token() string // of a form or session
	Passcode(digits int) string
	NetAnswerID(length int) string // letters, then digits: of a registration in the app (a-21)
}

// random is the Source of a sandbox that nobody may foresee.
type random struct{}

func (random) ID() string { return "reg-" + strings.ToLower(rand.Text()) }

func (random) Token() string { return rand.Text() }

func (random) Passcode(digits int) string {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	return fmt.Sprintf("%0*d", digits, below(limit))
}

// NetAnswerID has four letters, fewer in a very short ID, and digits behind
// them; letters and digits that are easily taken for others are left out.
func (random) NetAnswerID(length int) string {
	const letters, digits = "abcdefghjkmnprstuvwxyz", "23456789"
	id := make([]byte, length)
	for i := range id {
		from := letters
		if i >= 4 || i > 0 && i == length-1 {
			from = digits
		}
		id[i] = from[below(big.NewInt(int64(len(from)))).Int64()]
	}
	return string(id)
}

func below(limit *big.Int) *big.Int {
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		panic("world: no randomness: " + err.Error()) // crypto/rand never fails on a working system
	}
	return n
}
