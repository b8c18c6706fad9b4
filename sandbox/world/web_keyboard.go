package world

import (
	"crypto/rand"
	"math/big"
	"strconv"

	"example.com/netanswer/sandbox/registration"
)

// KeyboardDigits are the digits of the software keyboard as its keys stand
// (p28-3): 1 to 9 and 0, or in an order that nobody can foresee where the
// policy says so. Every call shuffles anew.
func (s Web) KeyboardDigits(p registration.Policy) []string {
	digits := make([]string, 10)
	for i := range digits {
		digits[i] = strconv.Itoa((i + 1) % 10)
	}
	if !p.SoftwareKeyboardShuffle {
		return digits
	}
	for i := len(digits) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			panic("world: no randomness: " + err.Error()) // crypto/rand never fails on a working system
		}
		k := int(j.Int64())
		digits[i], digits[k] = digits[k], digits[i]
	}
	return digits
}
