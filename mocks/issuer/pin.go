package issuer

import "crypto/subtle"

// A PINCheck is what the issuer says of a PIN. Left is how many tries there are
// after it; Stopped tells that there was none left before it.
type PINCheck struct {
	Right   bool `json:"right"`
	Left    int  `json:"tries_left" minimum:"0" doc:"after this one"`
	Stopped bool `json:"stopped" doc:"no try was left before this one, so the PIN was not looked at"`
}

// CheckPIN checks the PIN of a card, of which attempts may be wrong in a row. A
// right one starts the count again; after the last wrong one the PIN stays
// stopped, the right one included, until the member is added anew. A card that
// does not exist or has no PIN has no right one.
func (b *Book) CheckPIN(number, pin string, attempts int) PINCheck {
	wrong, _ := b.WrongPINs.Get(number)
	if wrong >= attempts {
		return PINCheck{Stopped: true}
	}
	card, ok := b.Find(number)
	if ok && card.PIN != "" && subtle.ConstantTimeCompare([]byte(card.PIN), []byte(pin)) == 1 {
		b.WrongPINs.Delete(number)
		return PINCheck{Right: true, Left: attempts}
	}
	b.WrongPINs.Put(number, wrong+1)
	return PINCheck{Left: attempts - wrong - 1}
}
